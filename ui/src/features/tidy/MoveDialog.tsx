// Where to move: the folders of the bucket, which one walks through.
import { CornerLeftUp, Folder } from "lucide-react";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { useIntl } from "react-intl";
import { FormDialog } from "../../components/FormDialog";
import { Name } from "../../components/Name";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated, placeName, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Entry, Place } from "../../ipc/bindings";
import { useFolders } from "../../ipc/context";
import type { OpenFolder } from "../../ipc/openFolder";
import { useMove } from "../../queries/tidy";
import styles from "./tidy.module.css";
import type { Asking } from "./useTidy";

/** As many folders as are offered; whoever has more goes there first and moves from nearer. */
const SHOWN = 400;

interface Props {
  profile: ProfileId;
  asking: Extract<Asking, { kind: "move" }>;
  onClose: () => void;
}

export function MoveDialog({ profile, asking: { rows, from, entry, count }, onClose }: Props) {
  const say = useSay();
  const [to, setTo] = useState(from);
  const move = useMove(rows);
  const go = (place: Place) => {
    move.reset();
    setTo(place);
  };
  const name = isolated(entry.name);
  return (
    <FormDialog
      title={<Say id="tidy.move.title" values={{ count, name }} />}
      submit={<Say id="tidy.move.submit" values={{ place: isolated(placeName(to)) }} />}
      cancel={say("tidy.cancel")}
      isPending={move.isPending}
      isDisabled={to.prefix === from.prefix}
      onSubmit={() => move.mutate(to, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <FolderChoice profile={profile} place={to} onGo={go} />
      <p className={styles.hint}>
        <Say id={count > 1 || entry.kind === "folder" ? "tidy.linksEndIn" : "tidy.linksEnd"} />
      </p>
      {move.error && <ErrorNotice error={move.error} task="move" />}
    </FormDialog>
  );
}

/** Whoever chooses a folder is in it at once. */
const NONE: readonly string[] = [];

interface ChoiceProps {
  profile: ProfileId;
  place: Place;
  onGo: (place: Place) => void;
}

function FolderChoice({ profile, place, onGo }: ChoiceProps) {
  const say = useSay();
  const { folders, isReading, isMore, error } = useSubfolders(profile, place);
  const up = parentOf(place);
  return (
    <div className={styles.choice}>
      <p className={styles.here} role="status">
        <Say id="tidy.move.here" values={{ place: isolated(pathOf(place)) }} />
      </p>
      <ListBox
        key={place.prefix}
        autoFocus="first"
        aria-label={say("tidy.move.folders")}
        className={styles.folders ?? ""}
        selectionMode="single"
        selectedKeys={NONE}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : keys;
          if (key !== undefined) onGo({ ...place, prefix: String(key).slice(1) });
        }}
        renderEmptyState={() => (
          <span className={styles.hint}>
            <Say id={isReading ? "tidy.move.reading" : "tidy.move.none"} />
          </span>
        )}
      >
        {up !== null && (
          <ListBoxItem
            id={`/${up}`}
            textValue={say("tidy.move.up")}
            className={styles.folder ?? ""}
          >
            <CornerLeftUp aria-hidden="true" />
            <Say id="tidy.move.up" />
          </ListBoxItem>
        )}
        {folders.map(({ prefix, name }) => (
          <ListBoxItem
            key={prefix}
            id={`/${prefix}`}
            textValue={visible(name)}
            className={styles.folder ?? ""}
          >
            <Folder aria-hidden="true" />
            <Name>{visible(name)}</Name>
          </ListBoxItem>
        ))}
      </ListBox>
      {isMore && (
        <p className={styles.hint}>
          <Say id="tidy.move.more" values={{ count: SHOWN }} />
        </p>
      )}
      {error && <ErrorNotice error={error} task="open" />}
    </div>
  );
}

type FolderEntry = Extract<Entry, { kind: "folder" }>;

/** Folders stand before files, so that the first rows are all that there are. */
function useSubfolders(profile: ProfileId, place: Place) {
  const all = useFolders();
  const { locale } = useIntl();
  const { bucket, prefix } = place;
  const folder = useMemo(
    () => all.at({ profile, place: { bucket, prefix }, depth: "here" }),
    [all, profile, bucket, prefix],
  );
  useEffect(() => {
    const close = folder.start({ sort: "name", descending: false, search: "", locale });
    folder.rows.want(0, SHOWN + 1);
    return close;
  }, [folder, locale]);
  useSyncExternalStore(folder.subscribe, folder.rows.version);
  const { state, error } = useSyncExternalStore(folder.subscribe, folder.view);
  const folders = leading(folder);
  return {
    folders: folders.slice(0, SHOWN),
    isMore: folders.length > SHOWN,
    isReading: error === null && (state === null || !state.isComplete),
    error,
  };
}

function leading({ rows }: OpenFolder): FolderEntry[] {
  const found: FolderEntry[] = [];
  for (let at = 0; at <= SHOWN; at += 1) {
    const entry = rows.at(at)?.entry;
    if (entry?.kind !== "folder") break;
    found.push(entry);
  }
  return found;
}

/** Null for the bucket itself. */
export function parentOf({ prefix }: Place): string | null {
  if (prefix === "") return null;
  return prefix.slice(0, prefix.slice(0, -1).lastIndexOf("/") + 1);
}

const pathOf = ({ bucket, prefix }: Place) => `${bucket}/${prefix}`;
