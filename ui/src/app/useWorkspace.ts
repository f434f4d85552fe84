// What the places, the list, the panel and the drop layer share: the open place, the chosen entry, the chosen end, and
// what was lent in this session. The features know nothing of each other; here one's event becomes the other's act.
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { type EntryId, entryId, fileId, sameIds } from "../features/browse/entries";
import { samePlace } from "../features/browse/history";
import { type Folder, useFolder } from "../features/browse/useFolder";
import { type PlaceHistory, usePlaceHistory } from "../features/browse/usePlaceHistory";
import { useSelection } from "../features/browse/useSelection";
import { useExamination } from "../features/check/useExamination";
import { toExpiry, usualExpiry } from "../features/share/expiry";
import { useUploads } from "../features/upload/useUploads";
import type { Connection, Entry, Place, Transfer } from "../ipc/bindings";
import { reloadListing } from "../queries/browse";
import { useLending } from "./useLending";
import { type Shortcuts, useShortcuts } from "./useShortcuts";

export function useWorkspace(connection: Connection, start: Place | null) {
  const profile = connection.profile.id;
  const history = usePlaceHistory(profile, start);
  const { place } = history;
  const folder = useFolder(profile, place);
  const selection = useSelection(history, folder.entries);
  const { limits } = connection;
  const target = limits.uploadTo ?? place;
  const [choice, setChoice] = useState(() => usualExpiry(connection));
  const expiry = useMemo(() => toExpiry(choice), [choice]);
  const lending = useLending(profile, place, selection.entries, expiry, limits.inline);
  const copyButton = useRef<HTMLButtonElement>(null);
  const request = useRequest(target);
  const examination = useExamination(profile);
  const screen = useScreen(history, () => examination.start(place));

  const finish = useFinish(history, lending.lent);
  const onSent = () => {
    lending.forget();
    selection.choose(new Set());
  };
  const uploads = useUploads({
    ...{ profile, place: target, expiry, mayInline: limits.inline, onSent },
    onEnded: finish,
  });

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
  useKeys(history, folder, screen, {
    paste: () => void uploads.paste(),
    copy: () => {
      const canCopy = lending.canCopy && screen.screen === "files";
      if (canCopy) copy();
      return canCopy;
    },
  });
  return {
    ...{ target, examination, profile, history, folder, selection, choice, setChoice, expiry },
    ...{ lending: { ...lending, copy }, uploads, choose, enter, copyButton, ...request, ...screen },
  };
}

/** The uploads and the check stand where the list stands otherwise; whoever opens a place is back at the list. */
function useScreen(history: PlaceHistory, onCheck: () => void) {
  const [screen, setScreen] = useState<"files" | "uploads" | "check">("files");
  return {
    screen,
    showUploads: () => setScreen("uploads"),
    showFiles: () => setScreen("files"),
    showCheck: () => {
      setScreen("check");
      onCheck();
    },
    open: (place: Place) => {
      setScreen("files");
      history.visit(place);
    },
  };
}

/** Beside the list only the way back to it has a meaning. */
function useKeys(
  history: PlaceHistory,
  folder: Folder,
  { screen, showFiles }: ReturnType<typeof useScreen>,
  keys: Pick<Shortcuts, "copy" | "paste">,
) {
  const nothing = () => undefined;
  const ways =
    screen === "files"
      ? { back: history.back, forward: history.forward, up: history.up, reload: folder.reload }
      : { back: showFiles, forward: nothing, up: showFiles, reload: nothing };
  useShortcuts({ ...ways, ...keys });
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
  history: PlaceHistory,
  lent: ReturnType<typeof useLending>["lent"],
): (transfer: Transfer) => void {
  const cache = useQueryClient();
  return ({ profile, place, sent, handover }) => {
    void reloadListing(cache, profile, place);
    if (handover === "copied")
      lent.add(
        place.bucket,
        sent.map(({ key }) => key),
      );
    const isHere = history.place !== null && samePlace(history.place, place);
    const [only, more] = sent;
    if (isHere && history.chosen === null && only && !more) history.choose(fileId(only.key));
  };
}
