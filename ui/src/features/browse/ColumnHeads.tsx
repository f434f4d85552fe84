// biome-ignore-all lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useAriaPropsSupportedByRole: a grid of a
// million rows is no <table>
// The heads of the columns; those by which rows can be sorted are buttons. One of them can be reached by Tab, the
// others from there by the arrow keys.
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Say } from "../../i18n/say";
import type { SortBy } from "../../ipc/bindings";
import styles from "./FileTable.module.css";
import type { ColumnId, FileColumn } from "./useColumns";

export interface Sorting {
  by: SortBy;
  descending: boolean;
}

interface Props {
  columns: readonly FileColumn[];
  sorting: Sorting;
  onSort: (sorting: Sorting) => void;
}

const isSortable = (id: ColumnId): id is SortBy => id !== "link";

export function ColumnHeads({ columns, sorting, onSort }: Props) {
  const [at, setAt] = useState<ColumnId>("name");
  const sortable = columns.map(({ id }) => id).filter(isSortable);
  const stop = sortable.find((id) => id === at) ?? "name";
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = step === undefined ? undefined : sortable[sortable.indexOf(stop) + step];
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-sort="${next}"]`)?.focus();
  };
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={styles.head} onKeyDown={onKeyDown}>
        {columns.map(({ id }, index) => (
          <div
            key={id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={ariaSort(id, sorting)}
            className={styles.column}
            data-column={id}
          >
            {isSortable(id) ? (
              <SortButton
                id={id}
                sorting={sorting}
                isStop={id === stop}
                onFocus={() => setAt(id)}
                onSort={onSort}
              />
            ) : (
              <Say id={`browse.column.${id}`} />
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

interface SortButtonProps extends Pick<Props, "sorting" | "onSort"> {
  id: SortBy;
  isStop: boolean;
  onFocus: () => void;
}

function SortButton({ id, sorting, isStop, onFocus, onSort }: SortButtonProps) {
  const isBy = sorting.by === id;
  const Arrow = sorting.descending ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      className={styles.sort}
      data-sort={id}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => onSort({ by: id, descending: isBy && !sorting.descending })}
    >
      <Say id={`browse.column.${id}`} />
      {isBy && <Arrow aria-hidden="true" />}
    </button>
  );
}

function ariaSort(id: ColumnId, { by, descending }: Sorting) {
  if (!isSortable(id)) return undefined;
  if (id !== by) return "none";
  return descending ? "descending" : "ascending";
}
