// biome-ignore-all lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive lint/a11y/useAriaPropsSupportedByRole: a grid of a
// million rows is no <table>
// One row: a folder, a file, or the grey lines of one that is on its way.
import { memo, type ReactNode } from "react";
import { Button } from "../../components/Button";
import { Name } from "../../components/Name";
import type { Formats } from "../../i18n/format";
import { isolated, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Entry, FolderRow } from "../../ipc/bindings";
import type { FolderAddress } from "../../ipc/openFolder";
import styles from "./FileTable.module.css";
import { partsOf } from "./found";
import { RowPicture } from "./RowPicture";
import type { ColumnId, FileColumn } from "./useColumns";

interface Props {
  at: number;
  /** What it lies in. */
  folder: FolderAddress;
  /** Undefined while it is on its way. */
  row: FolderRow | undefined;
  columns: readonly FileColumn[];
  formats: Formats;
  now: number;
  /** What of the name is marked. */
  search: string;
  /** The one that Tab leads to. */
  isStop: boolean;
  /** It has the focus and is not where one looks. */
  isAway: boolean;
  /** It alone is chosen. */
  isOnly: boolean;
  isLent: boolean;
  isCopying: boolean;
  onCopy: () => void;
}

export const FileRow = memo(function FileRow(props: Props) {
  const { at, row, columns, isStop, isAway } = props;
  const say = useSay();
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      aria-selected={row?.isSelected ?? false}
      aria-busy={row === undefined || undefined}
      tabIndex={isStop ? 0 : -1}
      data-at={at}
      data-away={isAway || undefined}
      className={styles.row}
    >
      {columns.map(({ id }, index) => (
        <div
          key={id}
          role={id === "name" ? "rowheader" : "gridcell"}
          aria-colindex={index + 1}
          // What is seen of it may be cut in two.
          aria-label={id === "name" && row ? spoken(row.entry, say("browse.folder")) : undefined}
          className={styles.cell}
          data-column={id}
        >
          {row ? (
            <Content {...props} column={id} entry={row.entry} />
          ) : (
            id !== "link" && <i className={styles.coming} />
          )}
        </div>
      ))}
    </div>
  );
});

function Content({ column, entry, now, formats, search, ...rest }: Props & Of): ReactNode {
  const none = <Say id="browse.none" />;
  switch (column) {
    case "name":
      return <NameCell folder={rest.folder} entry={entry} search={search} />;
    case "size":
      return entry.kind === "object" ? formats.size(entry.size) : none;
    case "changed":
      if (entry.kind === "folder" || entry.modifiedAt === null) return none;
      return (
        <time title={formats.fullMoment(entry.modifiedAt)}>
          {formats.changed(entry.modifiedAt, now)}
        </time>
      );
    case "link":
      return entry.kind === "object" ? <LinkCell name={entry.name} {...rest} /> : null;
  }
}

interface Of {
  column: ColumnId;
  entry: Entry;
}

interface NameProps {
  folder: FolderAddress;
  entry: Entry;
  search: string;
}

/** Below a folder, names are paths from there. */
function partsOfName({ name }: Entry): { name: string; path: string } {
  const cut = name.lastIndexOf("/", name.length - 2) + 1;
  return { name: visible(name.slice(cut)), path: visible(name.slice(0, cut)) };
}

function spoken(entry: Entry, folder: string): string {
  const { name, path } = partsOfName(entry);
  return [name, path, entry.kind === "folder" ? folder : ""].filter(Boolean).join(" ");
}

function NameCell({ folder, entry, search }: NameProps) {
  const { name, path } = partsOfName(entry);
  return (
    <span className={styles.name}>
      <RowPicture folder={folder} entry={entry} />
      <span className={styles.words}>
        <Found search={search}>{name}</Found>
        {path !== "" && (
          <span className={styles.path}>
            {" "}
            <Found search={search}>{path}</Found>
          </span>
        )}
      </span>
    </span>
  );
}

function Found({ search, children }: { search: string; children: string }) {
  return (
    <Name keepsEnd parts={search === "" ? null : partsOf(children, search)}>
      {children}
    </Name>
  );
}

type LinkCellProps = Pick<Props, "isOnly" | "isLent" | "isCopying" | "onCopy"> & { name: string };

function LinkCell({ name, isOnly, isLent, isCopying, onCopy }: LinkCellProps) {
  const say = useSay();
  if (isOnly)
    return (
      <span className={styles.copy}>
        <Button
          look="primary"
          aria-label={say("browse.copyNamed", { name: isolated(name) })}
          isPending={isCopying}
          onPress={onCopy}
        >
          <Say id="browse.copy" />
        </Button>
      </span>
    );
  return isLent ? (
    <span className={styles.chip}>
      <Say id="browse.copied" />
    </span>
  ) : null;
}
