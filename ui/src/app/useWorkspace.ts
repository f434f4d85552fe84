// What the places, the list, the panel and the drop layer share: the open place, the chosen entry, the chosen end, and
// what was lent in this session. The features know nothing of each other; here one's event becomes the other's act.
import { useCallback, useMemo, useRef, useState } from "react";
import { entryId } from "../features/browse/entries";
import { samePlace } from "../features/browse/history";
import { useBrowsing } from "../features/browse/useBrowsing";
import type { PlaceHistory } from "../features/browse/usePlaceHistory";
import { useExamination } from "../features/check/useExamination";
import { toExpiry, usualExpiry } from "../features/share/expiry";
import { useTidy } from "../features/tidy/useTidy";
import { useUploads } from "../features/upload/useUploads";
import type {
  Connection,
  Destination,
  Entry,
  Place,
  RowRef,
  SelectAct,
  Transfer,
} from "../ipc/bindings";
import { refOf } from "../ipc/rows";
import { useLending } from "./useLending";
import { type Shortcuts, useShortcuts } from "./useShortcuts";

export function useWorkspace(connection: Connection, start: Place | null) {
  const profile = connection.profile.id;
  const browsing = useBrowsing(profile, start);
  const { history, place, looking, selection } = browsing;
  const { limits } = connection;
  const target = limits.uploadTo ?? place;
  const [choice, setChoice] = useState(() => usualExpiry(connection));
  const expiry = useMemo(() => toExpiry(choice), [choice]);
  const lending = useLending(profile, browsing.folder, expiry, limits.inline);
  const copyButton = useRef<HTMLButtonElement>(null);
  const request = useRequest(target);
  const examination = useExamination(profile);
  const screen = useScreen(history, () => examination.start(place));

  const goTo = useGoTo(screen.open, looking.endSearch);
  const finish = useFinish(history, selection.count > 0, goTo.seek, lending.lent);
  const onSent = () => {
    lending.forget();
    void selection.choose({ act: "none" });
  };
  const uploads = useUploads({
    ...{ profile, place: target, expiry, mayInline: limits.inline, onSent },
    onEnded: finish,
  });

  const copy = () => {
    uploads.forget();
    void lending.copy();
  };
  const choose = async (act: SelectAct) => {
    request.endRequest();
    if (await selection.choose(act)) uploads.forget();
  };
  const enter = (entered: Entry) => {
    const [only] = selection.count === 1 ? selection.entries : [];
    const isChosen = only !== undefined && entryId(only) === entryId(entered);
    if (entered.kind === "folder" && place)
      history.visit({ bucket: place.bucket, prefix: entered.prefix });
    else if (isChosen) copyButton.current?.focus();
    else void choose({ act: "only", row: refOf({ entry: entered }) });
  };
  const tidy = useTidy(profile, place, browsing.folder, browsing.selection);
  useKeys(browsing, screen, {
    ...tidy.byKey,
    newFolder: tidy.newFolder,
    goTo: () => goTo.setOpen(true),
    paste: () => void uploads.paste(),
    copy: () => {
      const mayBeSome = lending.canCopy || browsing.folder?.isSettled() === false;
      const canCopy = mayBeSome && screen.screen === "files";
      if (canCopy) copy();
      return canCopy;
    },
  });
  return {
    ...browsing,
    ...{ target, examination, profile, choice, setChoice, expiry },
    ...{ lending: { ...lending, copy }, uploads, choose, enter, copyButton, ...request, ...screen },
    ...{ goTo, tidy },
  };
}

const NO_TIDYING = { rename: null, remove: null, save: null, newFolder: null };

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
  { history, folder, beginSearch: search, leaveSearch }: ReturnType<typeof useBrowsing>,
  { screen, showFiles }: ReturnType<typeof useScreen>,
  keys: Pick<Shortcuts, "copy" | "paste" | "goTo" | keyof typeof NO_TIDYING>,
) {
  const nothing = () => undefined;
  const ways =
    screen === "files"
      ? {
          back: history.back,
          forward: history.forward,
          up: history.up,
          reload: () => folder?.reload(),
        }
      : { ...NO_TIDYING, back: showFiles, forward: nothing, up: showFiles, reload: nothing };
  useShortcuts({ ...keys, ...ways, search, leaveSearch });
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

/** Going to where an address leads; what is sought there is chosen as soon as it is found. */
function useGoTo(open: (place: Place) => void, endSearch: () => void) {
  const [isOpen, setOpen] = useState(false);
  const [sought, setSought] = useState<(RowRef & { place: Place }) | null>(null);
  const seek = (place: Place, key: string) => setSought({ kind: "object", key, place });
  return {
    ...{ isOpen, setOpen, sought, seek },
    go: ({ place, key }: Destination) => {
      // It might be hidden by the search for something else.
      endSearch();
      open(place);
      if (key !== null) seek(place, key);
    },
  };
}

/** After an upload, a file that came alone is chosen, unless the person went on meanwhile. */
function useFinish(
  history: PlaceHistory,
  hasChosen: boolean,
  seek: (place: Place, key: string) => void,
  lent: ReturnType<typeof useLending>["lent"],
): (transfer: Transfer) => void {
  return ({ place, sent, handover }) => {
    if (handover === "copied")
      lent.add(
        place.bucket,
        sent.map(({ key }) => key),
      );
    const isHere = history.place !== null && samePlace(history.place, place);
    const [only, more] = sent;
    if (isHere && !hasChosen && only && !more) seek(place, only.key);
  };
}
