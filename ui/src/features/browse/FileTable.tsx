// The list of a place, drawn only where it is looked at. Rows are chosen one at a time, or several with Shift and Ctrl;
// Enter or a double click enters one.
import { useEffect, useRef } from "react";
import {
  Collection,
  Column,
  ResizableTableContainer,
  type Selection,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Virtualizer,
} from "react-aria-components";
import { Say, useSay } from "../../i18n/say";
import type { Entry } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import { type EntryId, entryId } from "./entries";
import { FileRow } from "./FileRow";
import styles from "./FileTable.module.css";
import { useChosenByFocus } from "./useChosenByFocus";
import { type FileColumn, useColumns } from "./useColumns";
import { useFocusKept } from "./useFocusKept";
import type { Folder } from "./useFolder";

const ROW = 41;
const HEAD = 33;

interface Props {
  folder: Folder;
  chosen: ReadonlySet<EntryId>;
  lent: ReadonlySet<string>;
  isCopying: boolean;
  onChoose: (ids: ReadonlySet<EntryId>) => void;
  onEnter: (entry: Entry) => void;
  onCopy: () => void;
}

export function FileTable({ folder, chosen, lent, isCopying, onChoose, onEnter, onCopy }: Props) {
  const say = useSay();
  const now = useClock()();
  const { entries } = folder;
  const frame = useRef<HTMLDivElement>(null);
  const columns = useColumns(frame);
  const only = chosen.size === 1 ? ([...chosen][0] ?? null) : null;
  const table = useRevealed(entries, only);
  useFocusKept(table);
  useChosenByFocus(table, (id) => chosen.has(id) || onChoose(new Set([id])));

  const select = (selection: Selection) =>
    onChoose(selection === "all" ? new Set(entries.map(entryId)) : (selection as Set<EntryId>));
  return (
    <ResizableTableContainer ref={frame} className={styles.frame ?? ""}>
      <Virtualizer
        layout={TableLayout}
        layoutOptions={{ rowHeight: ROW, headingHeight: HEAD, loaderHeight: ROW }}
      >
        <Table
          ref={table}
          aria-label={say("browse.files")}
          className={styles.table ?? ""}
          selectionMode="multiple"
          selectionBehavior="replace"
          disallowEmptySelection
          selectedKeys={chosen}
          onSelectionChange={select}
          onRowAction={(id) => {
            const entry = entries.find((candidate) => entryId(candidate) === id);
            if (entry) onEnter(entry);
          }}
        >
          <TableHeader columns={columns} className={styles.head ?? ""}>
            {columnHead}
          </TableHeader>
          <TableBody>
            <Collection items={entries} dependencies={[only, lent, isCopying, columns, now]}>
              {(entry) => (
                <FileRow
                  id={entryId(entry)}
                  entry={entry}
                  columns={columns}
                  now={now}
                  isLent={entry.kind === "object" && lent.has(entry.key)}
                  isChosen={entryId(entry) === only}
                  isCopying={isCopying}
                  onCopy={onCopy}
                />
              )}
            </Collection>
            <TableLoadMoreItem
              className={styles.more ?? ""}
              onLoadMore={folder.loadMore}
              isLoading={folder.isLoadingMore}
            >
              <Say id="browse.more" />
            </TableLoadMoreItem>
          </TableBody>
        </Table>
      </Virtualizer>
    </ResizableTableContainer>
  );
}

function columnHead(column: FileColumn) {
  return (
    <Column
      id={column.id}
      width={column.width}
      minWidth={0}
      isRowHeader={column.id === "name"}
      className={styles.column ?? ""}
      data-column={column.id}
    >
      <Say id={`browse.column.${column.id}`} />
    </Column>
  );
}

/** Brings the chosen row into sight when something other than the person's hand chose it. */
function useRevealed(entries: readonly Entry[], chosen: EntryId | null) {
  const table = useRef<HTMLDivElement>(null);
  const at = chosen === null ? -1 : entries.findIndex((entry) => entryId(entry) === chosen);
  useEffect(() => {
    const scroller = table.current;
    if (scroller === null || at === -1) return;
    const top = HEAD + at * ROW;
    const isSeen =
      top >= scroller.scrollTop + HEAD && top + ROW <= scroller.scrollTop + scroller.clientHeight;
    if (!isSeen) scroller.scrollTop = top - scroller.clientHeight / 2;
  }, [at]);
  return table;
}
