// One row: a folder or a file.
import type { ReactNode } from "react";
import { Cell, Row } from "react-aria-components";
import { Button } from "../../components/Button";
import { FileIcon } from "../../components/FileIcon";
import { Name } from "../../components/Name";
import { useFormats } from "../../i18n/format";
import { fileKind } from "../../i18n/kinds";
import { isolated, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Entry } from "../../ipc/bindings";
import type { EntryId } from "./entries";
import styles from "./FileTable.module.css";
import type { ColumnId, FileColumn } from "./useColumns";

interface Props {
  id: EntryId;
  entry: Entry;
  columns: readonly FileColumn[];
  now: number;
  isChosen: boolean;
  isLent: boolean;
  isCopying: boolean;
  onCopy: () => void;
}

export function FileRow(props: Props) {
  const { id, entry, columns } = props;
  return (
    <Row id={id} columns={columns} textValue={visible(entry.name)} className={styles.row ?? ""}>
      {(column) => (
        <Cell className={styles.cell ?? ""} data-column={column.id}>
          <Content column={column.id} {...props} />
        </Cell>
      )}
    </Row>
  );
}

function Content({ column, entry, now, ...rest }: Props & { column: ColumnId }): ReactNode {
  const formats = useFormats();
  const none = <Say id="browse.none" />;
  switch (column) {
    case "name":
      return <NameCell entry={entry} />;
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

function NameCell({ entry }: { entry: Entry }) {
  const isFolder = entry.kind === "folder";
  return (
    <span className={styles.name}>
      <FileIcon kind={isFolder ? "folder" : fileKind(entry.name)} />
      <Name>{visible(entry.name)}</Name>
      {isFolder && (
        <span className={styles.said}>
          {" "}
          <Say id="browse.folder" />
        </span>
      )}
    </span>
  );
}

type LinkCellProps = Pick<Props, "isChosen" | "isLent" | "isCopying" | "onCopy"> & { name: string };

function LinkCell({ name, isChosen, isLent, isCopying, onCopy }: LinkCellProps) {
  const say = useSay();
  if (isChosen)
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
