// biome-ignore-all lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useAriaPropsSupportedByRole: a grid of a
// million rows is no <table>
// The list of a place as an ARIA grid that draws the rows that are seen, of however many there are. Rows have the focus
// themselves; the one that has it stays drawn where it is scrolled away, so that keys and readers keep their place.
import {
  type CSSProperties,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useFocusVisible } from "react-aria";
import { useSay } from "../../i18n/say";
import type { Entry, FolderState, SelectAct } from "../../ipc/bindings";
import { countOf, type OpenFolder } from "../../ipc/openFolder";
import { ColumnHeads, type Sorting } from "./ColumnHeads";
import { FileRows } from "./FileRows";
import styles from "./FileTable.module.css";
import { HEAD, ROW } from "./scroll";
import { type FileColumn, useColumns } from "./useColumns";
import { useCursor } from "./useCursor";
import { useFocus, useTakenOver } from "./useFocus";
import { useGridKeys } from "./useGridKeys";
import { useGridPointer } from "./useGridPointer";
import { useViewport, type Viewport } from "./useViewport";

/** A row that something other than the person's hand leads to. */
export interface Found {
  at: number;
  entry: Entry;
}

interface Props {
  folder: OpenFolder;
  state: FolderState;
  sorting: Sorting;
  /** Other rows, or in another order, begin at the top. */
  shownAs: string;
  found: Found | null;
  search: string;
  /** Whether a row is still being looked for, and has the focus then. */
  isSeeking: boolean;
  lent: ReadonlySet<string>;
  isCopying: boolean;
  onSort: (sorting: Sorting) => void;
  onChoose: (act: SelectAct) => void;
  onEnter: (entry: Entry) => void;
  onEscape: () => void;
  onCopy: () => void;
}

export function FileTable(props: Props) {
  const { folder, state, sorting, found, onSort, onChoose, onEnter } = props;
  const say = useSay();
  const count = state.shown;
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller);
  const viewport = useViewport(scroller, body, count);
  const focus = useFocus(body, (at) => goTo(at, "choose"));
  const { cursor, goTo, stand } = useCursor({
    ...{ folder, count, generation: state.generation, shownAs: props.shownAs, onChoose },
    onGo: (at) => {
      viewport.reveal(at, "nearest");
      focus.want();
    },
    onFollow: focus.keep,
  });
  useRows(folder, viewport);
  useTopAgain(viewport, props.shownAs);
  useFound(found, viewport, (at, entry) => stand(at, entry));
  useLayoutEffect(() => focus.give());
  const { isFocusVisible } = useFocusVisible();
  // That takes no note of keys with Control, which move the cursor here.
  const [isByKeys, setByKeys] = useState(false);
  useTakenOver(!props.isSeeking && folder.rows.at(0) !== undefined, () => goTo(0, "choose"));

  const enter = () => void folder.rowAt(cursor.at).then((row) => row && onEnter(row.entry));
  const onEscape = () =>
    countOf(folder.selected()) > 0 ? onChoose({ act: "none" }) : props.onEscape();
  const keys = useGridKeys({
    ...{ folder, cursor, count, page: viewport.page, goTo, onChoose, onEnter: enter, onEscape },
  });
  const pointer = useGridPointer({ folder, goTo, onChoose, onEnter, onDown: keys.endTyping });
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={say("browse.files")}
      aria-multiselectable="true"
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      className={styles.scroller}
      data-keys={isByKeys || isFocusVisible || undefined}
      onKeyDownCapture={() => setByKeys(true)}
      onMouseDownCapture={() => setByKeys(false)}
      style={gridOf(columns)}
      onScroll={viewport.onScroll}
      {...pointer}
    >
      <div role="none" className={styles.tall} style={{ height: viewport.height }}>
        <div role="none" className={styles.pane} style={{ height: viewport.view }}>
          <ColumnHeads columns={columns} sorting={sorting} onSort={onSort} />
          <div role="none" className={styles.window}>
            <div role="rowgroup" ref={body} onKeyDown={keys.onKeyDown} onFocus={focus.onFocus}>
              <FileRows {...props} viewport={viewport} columns={columns} cursor={cursor} />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

const gridOf = (columns: readonly FileColumn[]) =>
  ({
    "--columns": columns
      .map(({ width }) => (width === "1fr" ? "minmax(0, 1fr)" : `${width}px`))
      .join(" "),
    "--head": `${HEAD}px`,
    "--row": `${ROW}px`,
  }) as CSSProperties;

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
