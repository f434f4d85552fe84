// From files that a person offers to links on the clipboard: sends a drop into the open place, and tells what came of it.
import { useEffect, useEffectEvent, useState } from "react";
import { dispositionForAll } from "../../i18n/kinds";
import type { ProfileId, TransferId } from "../../ipc/backend";
import type { AppError, Drop, Expiry, IfTaken, Place, Taken, Transfer } from "../../ipc/bindings";
import { useDrops, useTransfers } from "../../ipc/context";
import { toAppError } from "../../ipc/errors";
import { useSend, useTaken } from "../../queries/upload";
import { useOffers } from "./useOffers";

/** What a drop held beside the files that are sent. */
export type Rest = Pick<Drop, "emptyFolders" | "skipped"> & { profile: ProfileId; place: Place };

export type Arrival =
  | { kind: "ended"; transfer: Transfer; rest: Rest | null }
  | { kind: "refused"; error: AppError; task: "upload" | "choose" | "paste" }
  | { kind: "nothing"; rest: Rest }
  | { kind: "nowhere" }
  | { kind: "emptyClipboard" };

/** Names are taken: what is to be done is asked once for the whole drop. */
export interface TakenQuestion {
  taken: Taken;
  files: number;
  answer: (ifTaken: IfTaken | null) => void;
}

interface Options {
  profile: ProfileId;
  /** Where files go. */
  place: Place | null;
  /** Whether their links may be shown in the browser. */
  mayInline: boolean;
  expiry: Expiry;
  /** The files are on their way. */
  onSent: () => void;
  onEnded: (transfer: Transfer) => void;
}

const FREE: Taken = { count: 0, names: [] };

export function useUploads({ profile, place, mayInline, expiry, onSent, onEnded }: Options) {
  const transfers = useTransfers();
  const taken = useTaken();
  const send = useSend();
  const [arrival, setArrival] = useState<Arrival | null>(null);
  const [restOf, setRestOf] = useState<Readonly<Record<TransferId, Rest>>>({});
  const { question, ask } = useTakenQuestions();

  const offer = async ({ id: drop, files, skipped, emptyFolders }: Drop) => {
    if (place === null) return setArrival({ kind: "nowhere" });
    const rest: Rest = { skipped, emptyFolders, profile, place };
    if (files.length === 0) return setArrival({ kind: "nothing", rest });
    setArrival(null);
    // What stands in the way of looking stands in the way of sending, too, and is said there.
    const found = await taken.mutateAsync({ profile, place, drop }).catch(() => FREE);
    const ifTaken = found.count === 0 ? "keepBoth" : await ask(found, files.length);
    if (ifTaken === null) return;
    onSent();
    const usual = dispositionForAll(files.map(({ name }) => name));
    const disposition = mayInline ? usual : "attachment";
    try {
      const request = { drop, ifTaken, profile, place, expiry, disposition };
      const id = await send.mutateAsync(request);
      setRestOf((known) => ({ ...known, [id]: rest }));
    } catch (rejection) {
      setArrival({ kind: "refused", error: toAppError(rejection), task: "upload" });
    }
  };
  const offers = useOffers(offer, setArrival);
  useDropped(offer);
  const finish = useEffectEvent((transfer: Transfer) => {
    setArrival({ kind: "ended", transfer, rest: null });
    onEnded(transfer);
  });
  useEffect(() => transfers.onEnded((transfer) => finish(transfer)), [transfers]);

  // A small drop can end before its sending is answered.
  const shown: Arrival | null =
    arrival?.kind === "ended" ? { ...arrival, rest: restOf[arrival.transfer.id] ?? null } : arrival;
  return {
    ...{ arrival: shown, question, ...offers },
    isLooking: taken.isPending,
    forget: () => setArrival(null),
  };
}

function useDropped(offer: (drop: Drop) => Promise<void>) {
  const drops = useDrops();
  const receive = useEffectEvent((drop: Drop) => void offer(drop));
  useEffect(() => drops.onDropped((drop) => receive(drop)), [drops]);
}

/** Files can be dropped while a question stands; theirs comes after it. */
function useTakenQuestions() {
  const [questions, setQuestions] = useState<readonly TakenQuestion[]>([]);
  const ask = (taken: Taken, files: number) =>
    new Promise<IfTaken | null>((resolve) => {
      const answer = (ifTaken: IfTaken | null) => {
        setQuestions((known) => known.filter((one) => one !== question));
        resolve(ifTaken);
      };
      const question: TakenQuestion = { taken, files, answer };
      setQuestions((known) => [...known, question]);
    });
  return { question: questions[0] ?? null, ask };
}
