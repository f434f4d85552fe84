// The rows that are drawn: those that are seen, some around them, and the one with the cursor.
import { useCallback, useLayoutEffect, useRef } from "react";
import { useFormats } from "../../i18n/format";
import type { FolderState } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import type { OpenFolder } from "../../ipc/openFolder";
import { FileRow } from "./FileRow";
import type { FileColumn } from "./useColumns";
import type { Cursor } from "./useCursor";
import type { Viewport } from "./useViewport";

interface Props {
  folder: OpenFolder;
  state: FolderState;
  search: string;
  lent: ReadonlySet<string>;
  isCopying: boolean;
  onCopy: () => void;
  viewport: Viewport;
  columns: readonly FileColumn[];
  cursor: Cursor;
  /** One row alone is chosen. */
  isOne: boolean;
}

const MINUTE_MS = 60_000;

export function FileRows({
  folder,
  state,
  viewport,
  columns,
  cursor,
  lent,
  onCopy,
  ...rest
}: Props) {
  const formats = useFormats();
  const minute = Math.floor(useClock()() / MINUTE_MS) * MINUTE_MS;
  const copy = useLatest(onCopy);
  return drawn(viewport, cursor.at, state.shown).map((at) => {
    const row = folder.rows.at(at);
    const { from, until } = viewport.range;
    return (
      <FileRow
        key={at}
        at={at}
        folder={folder}
        row={row}
        columns={columns}
        formats={formats}
        now={minute}
        isStop={at === cursor.at}
        isAway={at < from || at >= until}
        isOnly={row?.isSelected === true && rest.isOne}
        isLent={row?.entry.kind === "object" && lent.has(row.entry.key)}
        search={rest.search}
        isCopying={rest.isCopying}
        onCopy={copy}
      />
    );
  });
}

/** The rows that are due, and the one with the cursor; in order, so that none is moved, which would cost it the focus. */
function drawn({ range: { from, until } }: Viewport, cursor: number, count: number): number[] {
  const due = Array.from({ length: until - from }, (_, index) => from + index);
  if (cursor >= count || (cursor >= from && cursor < until)) return due;
  return cursor < from ? [cursor, ...due] : [...due, cursor];
}

/** The same function always, which does what the latest would. */
function useLatest(act: () => void): () => void {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback(() => latest.current(), []);
}
