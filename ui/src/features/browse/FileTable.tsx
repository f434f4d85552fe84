// biome-ignore-all lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useAriaPropsSupportedByRole: a grid of a
// million rows is no <table>
// The list of a place as an ARIA grid that draws the rows that are seen, of however many there are. Rows have the focus
// themselves; the one that has it stays drawn where it is scrolled away, so that keys and readers keep their place.
import { type CSSProperties, type RefObject, useRef, useState } from "react";
import { useFocusVisible } from "react-aria";
import { useSay } from "../../i18n/say";
import type { Entry, FolderState, SelectAct } from "../../ipc/bindings";
import { countOf, type OpenFolder } from "../../ipc/openFolder";
import { ColumnHeads, type Sorting } from "./ColumnHeads";
import { FileRows } from "./FileRows";
import styles from "./FileTable.module.css";
import { HEAD, ROW } from "./scroll";
import { type FileColumn, useColumns } from "./useColumns";
import { useSelected } from "./useFolder";
import { useGrid } from "./useGrid";

/** A row that something other than the person's hand leads to. */
export interface Found {
  at: number;
  entry: Entry;
}

/** For whoever comes to the list from a field beside it. */
export interface ListHandle {
  /** The row with the cursor has the focus; it is chosen, if that is wanted and takes no other choice away. */
  enter: (chooses: boolean) => void;
}

export interface FileTableProps {
  ref: RefObject<ListHandle | null>;
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
  isAsking: boolean;
  /** Whether the list that stood here before these rows had the focus. */
  hadFocus: RefObject<boolean>;
  /** The person looks elsewhere, by whatever means. */
  onLook: () => void;
  onSort: (sorting: Sorting) => void;
  onChoose: (act: SelectAct) => void;
  onEnter: (entry: Entry) => void;
  onEscape: () => void;
  onCopy: () => void;
}

export function FileTable(props: FileTableProps) {
  const { folder, state, sorting, onSort } = props;
  const say = useSay();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const columns = useColumns(scroller);
  const { viewport, cursor, rows, pointer } = useGrid(props, scroller, body);
  const isOne = countOf(useSelected(folder)) === 1;
  const { isFocusVisible } = useFocusVisible();
  // That takes no note of keys with Control, which move the cursor here.
  const [isByKeys, setByKeys] = useState(false);
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={say("browse.files")}
      aria-multiselectable="true"
      aria-rowcount={state.isComplete ? state.shown + 1 : UNKNOWN}
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
            <div role="rowgroup" ref={body} {...rows}>
              <FileRows {...props} {...{ viewport, columns, cursor, isOne }} />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** How many rows there will be is not known while they are read. */
const UNKNOWN = -1;

const gridOf = (columns: readonly FileColumn[]) =>
  ({
    "--columns": columns
      .map(({ width }) => (width === "1fr" ? "minmax(0, 1fr)" : `${width}px`))
      .join(" "),
    "--head": `${HEAD}px`,
    "--row": `${ROW}px`,
  }) as CSSProperties;
