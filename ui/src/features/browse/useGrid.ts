// How the rows are seen, moved among and chosen from: the viewport, the cursor, the focus, the keys and the pointer, as one.
import {
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from "react";
import type { Entry } from "../../ipc/bindings";
import { countOf, type OpenFolder } from "../../ipc/openFolder";
import type { FileTableProps, Found } from "./FileTable";
import { type Going, useCursor } from "./useCursor";
import { type Focus, useFocus, useTakenOver } from "./useFocus";
import { useGridKeys } from "./useGridKeys";
import { useGridPointer } from "./useGridPointer";
import { useViewport, type Viewport } from "./useViewport";

type Element = RefObject<HTMLElement | null>;

export function useGrid(props: FileTableProps, scroller: Element, body: Element) {
  const { folder, state, onChoose, onEnter, onLook } = props;
  const count = state.shown;
  const viewport = useViewport(scroller, body, count, onLook);
  const focus = useFocus(body, (at) => passTo(at));
  const { cursor, goTo, stand } = useCursor({
    ...{ folder, count, generation: state.generation, shownAs: props.shownAs, onChoose },
    onGo: (at) => {
      viewport.reveal(at, "nearest");
      focus.want(at);
    },
    onMove: onLook,
    onFollow: focus.keep,
  });
  // Ctrl+C means the row that the person is at; but coming by takes nothing away that they chose or began.
  const passing = (): Going =>
    countOf(folder.selected()) === 0 && !props.isAsking ? "choose" : "move";
  const passTo = (at: number) => goTo(at, passing());
  useRows(folder, viewport);
  useTopAgain(viewport, props.shownAs);
  useFound(props.found, viewport, stand);
  useLayoutEffect(() => focus.give());
  useEntrance(props, focus, {
    // Who looks elsewhere already is not led back.
    pass: () => (isDrawn(viewport, cursor.at) ? passTo(cursor.at) : focus.take()),
    enter: (chooses) => goTo(cursor.at, chooses ? passing() : "move", cursor.entry),
  });

  const keys = useGridKeys({
    ...{ folder, cursor, count, page: viewport.page, goTo, onChoose },
    onEnter: () => {
      if (cursor.entry) onEnter(cursor.entry);
      else void folder.rowAt(cursor.at).then((row) => row && onEnter(row.entry));
    },
    onEscape: () => (countOf(folder.selected()) > 0 ? onChoose({ act: "none" }) : props.onEscape()),
  });
  const pointer = useGridPointer({
    ...{ folder, cursor, goTo, onChoose, onEnter, onDown: keys.endTyping },
  });
  const { onFocus, onBlur } = focus;
  return { viewport, cursor, rows: { onKeyDown: keys.onKeyDown, onFocus, onBlur }, pointer };
}

const isDrawn = ({ range: { from, until } }: Viewport, at: number) => at >= from && at < until;

/** Coming to the rows from elsewhere: from the list that stood here before, or from a field beside this one. */
function useEntrance(
  { ref, folder, isSeeking, hadFocus }: FileTableProps,
  focus: Focus,
  { pass, enter }: { pass: () => void; enter: (chooses: boolean) => void },
) {
  const isThere = !isSeeking && folder.rows.at(0) !== undefined;
  useTakenOver(isThere, focus, hadFocus, (isByKeys) => (isByKeys ? pass() : focus.take()));
  useImperativeHandle(ref, () => ({
    enter: (chooses) => {
      focus.take();
      enter(chooses);
    },
  }));
}

/** Draws anew when rows have come, and asks for those that are due. */
function useRows({ subscribe, rows }: OpenFolder, { range }: Viewport) {
  useSyncExternalStore(subscribe, rows.version);
  useEffect(() => rows.want(range.from, range.until), [rows, range.from, range.until]);
}

function useTopAgain({ toTop }: Viewport, shownAs: string) {
  const before = useRef(shownAs);
  useLayoutEffect(() => {
    if (before.current === shownAs) return;
    before.current = shownAs;
    toTop();
  });
}

function useFound(
  found: Found | null,
  { reveal }: Viewport,
  onFound: (at: number, entry: Entry) => void,
) {
  const known = useRef<Found | null>(null);
  useLayoutEffect(() => {
    if (found === known.current) return;
    known.current = found;
    if (found === null) return;
    reveal(found.at, "middle");
    onFound(found.at, found.entry);
  });
}
