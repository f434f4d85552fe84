// What the places, the list, the panel and the drop layer share: the open place, the chosen entry, the chosen end, and
// what was lent in this session. The features know nothing of each other; here one's event becomes the other's act.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { type EntryId, entryId, fileId, sameIds } from "../features/browse/entries";
import { samePlace } from "../features/browse/history";
import { useFolder } from "../features/browse/useFolder";
import { usePlaceHistory } from "../features/browse/usePlaceHistory";
import { useSelection } from "../features/browse/useSelection";
import { toExpiry, usualExpiry } from "../features/share/expiry";
import { useUploads } from "../features/upload/useUploads";
import type { Connection, Entry, Place, Transfer } from "../ipc/bindings";
import { reloadListing } from "../queries/browse";
import { useLending } from "./useLending";
import { useShortcuts } from "./useShortcuts";

export function useWorkspace(connection: Connection, start: Place | null) {
  const profile = connection.profile.id;
  const history = usePlaceHistory(profile, start);
  const { place } = history;
  const folder = useFolder(profile, place);
  const selection = useSelection(history, folder.entries);
  const [choice, setChoice] = useState(usualExpiry);
  const expiry = useMemo(() => toExpiry(choice), [choice]);
  const lending = useLending(profile, place, selection.entries, expiry);
  const copyButton = useRef<HTMLButtonElement>(null);
  const request = useRequest(place);

  const finish = useFinish(history, lending.lent);
  const onSent = () => {
    lending.forget();
    selection.choose(new Set());
  };
  const uploads = useUploads({ profile, place, expiry, onSent, onEnded: finish });

  const copy = () => {
    uploads.forget();
    lending.copy();
  };
  const choose = (ids: ReadonlySet<EntryId>) => {
    if (!sameIds(ids, selection.ids)) uploads.forget();
    request.endRequest();
    selection.choose(ids);
  };
  const enter = (entered: Entry) => {
    // A file found by typing has the focus, and is not chosen yet.
    if (entered.kind === "object" && history.chosen !== entryId(entered))
      choose(new Set([entryId(entered)]));
    else if (entered.kind === "object") copyButton.current?.focus();
    else if (place) history.visit({ bucket: place.bucket, prefix: entered.prefix });
  };
  useShortcuts({
    back: history.back,
    forward: history.forward,
    up: history.up,
    reload: folder.reload,
    copy: () => {
      if (lending.canCopy) copy();
      return lending.canCopy;
    },
  });
  return {
    ...{ profile, history, folder, selection, choice, setChoice, expiry },
    ...{ lending: { ...lending, copy }, uploads, choose, enter, copyButton, ...request },
  };
}

/** Asking for files belongs to the place in which it began. */
function useRequest(place: Place | null) {
  const [requestPlace, setRequestPlace] = useState<Place | null>(null);
  return {
    requestPlace: requestPlace === place ? requestPlace : null,
    startRequest: () => setRequestPlace(place),
    endRequest: useCallback(() => setRequestPlace(null), []),
  };
}

/** After an upload the list is read anew, and a file that came alone is chosen, unless the person went on meanwhile. */
function useFinish(
  history: ReturnType<typeof usePlaceHistory>,
  lent: ReturnType<typeof useLending>["lent"],
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
