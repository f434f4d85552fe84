// What the places, the list, the panel and the drop layer share: the open place, the chosen entry, the chosen end, and
// what was lent in this session. The features know nothing of each other; here one's event becomes the other's act.
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { type EntryId, entryId, fileId } from "../features/browse/entries";
import { samePlace } from "../features/browse/history";
import { useFolder } from "../features/browse/useFolder";
import { usePlaceHistory } from "../features/browse/usePlaceHistory";
import { toExpiry, usualExpiry } from "../features/share/expiry";
import { useSharing } from "../features/share/useSharing";
import { useUploads } from "../features/upload/useUploads";
import type { Connection, Entry, Place, Transfer } from "../ipc/bindings";
import { reloadListing } from "../queries/browse";
import { useShortcuts } from "./useShortcuts";

export function useWorkspace(connection: Connection, start: Place | null) {
  const profile = connection.profile.id;
  const history = usePlaceHistory(profile, start);
  const folder = useFolder(profile, history.place);
  const [choice, setChoice] = useState(usualExpiry);
  const expiry = useMemo(() => toExpiry(choice), [choice]);
  const lent = useLent(history.place);
  const copyButton = useRef<HTMLButtonElement>(null);

  const entry = folder.entries.find((candidate) => entryId(candidate) === history.chosen) ?? null;
  const subject = subjectOf(entry, history.place);
  const sharing = useSharing(profile, subject, expiry, ({ bucket, key }) =>
    lent.add(bucket, [key]),
  );

  const finish = useFinish(history, lent);
  const onSent = () => {
    sharing.forget();
    history.choose(null);
  };
  const uploads = useUploads({ profile, place: history.place, expiry, onSent, onEnded: finish });

  const copy = () => {
    uploads.forget();
    sharing.copy();
  };
  const choose = (id: EntryId | null) => {
    if (id !== history.chosen) uploads.forget();
    history.choose(id);
  };
  const enter = (entered: Entry) => {
    // A file found by typing has the focus, and is not chosen yet.
    if (entered.kind === "object" && history.chosen !== entryId(entered)) choose(entryId(entered));
    else if (entered.kind === "object") copyButton.current?.focus();
    else if (history.place) history.visit({ bucket: history.place.bucket, prefix: entered.prefix });
  };
  useShortcuts({
    back: history.back,
    forward: history.forward,
    up: history.up,
    reload: folder.reload,
    copy: () => {
      if (subject !== null) copy();
      return subject !== null;
    },
  });
  return {
    ...{ profile, history, folder, choice, setChoice, expiry, lent: lent.here, entry },
    ...{ sharing: { ...sharing, copy }, uploads, choose, enter, copyButton },
  };
}

function subjectOf(entry: Entry | null, place: Place | null) {
  if (entry?.kind !== "object" || place === null) return null;
  return { bucket: place.bucket, key: entry.key, name: entry.name };
}

/** Files whose links were copied in this session. */
function useLent(place: Place | null) {
  const [all, setAll] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const here = useMemo(() => all.get(place?.bucket ?? "") ?? new Set<string>(), [all, place]);
  const add = (bucket: string, keys: readonly string[]) =>
    setAll((known) => new Map(known).set(bucket, new Set([...(known.get(bucket) ?? []), ...keys])));
  return { here, add };
}

/** After an upload the list is read anew, and a file that came alone is chosen, unless the person went on meanwhile. */
function useFinish(
  history: ReturnType<typeof usePlaceHistory>,
  lent: ReturnType<typeof useLent>,
): (transfer: Transfer) => void {
  const cache = useQueryClient();
  return ({ profile, place, sent, copied }) => {
    void reloadListing(cache, profile, place);
    if (copied)
      lent.add(
        place.bucket,
        sent.map(({ key }) => key),
      );
    const isHere = history.place !== null && samePlace(history.place, place);
    const [only, more] = sent;
    if (isHere && history.chosen === null && only && !more) history.choose(fileId(only.key));
  };
}
