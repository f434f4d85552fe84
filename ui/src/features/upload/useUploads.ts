// From files that a person offers to links on the clipboard: sends a drop into the open place, and tells what came of it.
import { useEffect, useEffectEvent, useState } from "react";
import { dispositionForAll } from "../../i18n/kinds";
import type { ProfileId, TransferId } from "../../ipc/backend";
import type { AppError, Drop, Expiry, Place, Skipped, Transfer } from "../../ipc/bindings";
import { useDrops, useTransfers } from "../../ipc/context";
import { toAppError } from "../../ipc/errors";
import { useChooseFiles, useSend } from "../../queries/upload";

export type Arrival =
  | { kind: "ended"; transfer: Transfer }
  | { kind: "refused"; error: AppError; task: "upload" | "choose" }
  | { kind: "nothing"; skipped: readonly Skipped[] }
  | { kind: "nowhere" };

interface Options {
  profile: ProfileId;
  place: Place | null;
  expiry: Expiry;
  /** The files are on their way. */
  onSent: () => void;
  onEnded: (transfer: Transfer) => void;
}

export function useUploads({ profile, place, expiry, onSent, onEnded }: Options) {
  const drops = useDrops();
  const transfers = useTransfers();
  const choose = useChooseFiles();
  const send = useSend();
  const [arrival, setArrival] = useState<Arrival | null>(null);
  const [skippedBy, setSkippedBy] = useState<Readonly<Record<TransferId, readonly Skipped[]>>>({});

  const offer = async ({ id: drop, files, skipped }: Drop) => {
    if (place === null) return setArrival({ kind: "nowhere" });
    if (files.length === 0) return setArrival({ kind: "nothing", skipped });
    setArrival(null);
    onSent();
    const disposition = dispositionForAll(files.map(({ name }) => name));
    try {
      const id = await send.mutateAsync({ drop, profile, place, expiry, disposition });
      setSkippedBy((known) => ({ ...known, [id]: skipped }));
    } catch (rejection) {
      setArrival({ kind: "refused", error: toAppError(rejection), task: "upload" });
    }
  };
  const chooseFiles = async () => {
    try {
      const drop = await choose.mutateAsync();
      if (drop !== null) await offer(drop);
    } catch (rejection) {
      setArrival({ kind: "refused", error: toAppError(rejection), task: "choose" });
    }
  };

  const receive = useEffectEvent((drop: Drop) => void offer(drop));
  const finish = useEffectEvent((transfer: Transfer) => {
    setArrival({ kind: "ended", transfer });
    onEnded(transfer);
  });
  useEffect(() => drops.onDropped((drop) => receive(drop)), [drops]);
  useEffect(() => transfers.onEnded((transfer) => finish(transfer)), [transfers]);

  const skipped = arrival?.kind === "ended" ? (skippedBy[arrival.transfer.id] ?? []) : [];
  return { arrival, skipped, chooseFiles, forget: () => setArrival(null) };
}
