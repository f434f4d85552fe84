// A name for a new folder, and another one for what is there.
import { useState } from "react";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useFormats } from "../../i18n/format";
import { isolated, placeName } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import { type TidyTask, troubleOf } from "../../i18n/trouble";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Entry, Place } from "../../ipc/bindings";
import { useNewFolder, useRename } from "../../queries/tidy";
import styles from "./tidy.module.css";
import { rowOf } from "./useTidy";

interface FolderProps {
  profile: ProfileId;
  place: Place;
  onClose: () => void;
}

export function NewFolderDialog({ profile, place, onClose }: FolderProps) {
  const say = useSay();
  const make = useNewFolder(profile, place);
  const [name, setName] = useState("");
  const typed = name.trim();
  return (
    <FormDialog
      title={<Say id="tidy.newFolder.title" values={{ place: isolated(placeName(place)) }} />}
      submit={<Say id="tidy.newFolder.submit" />}
      cancel={say("tidy.cancel")}
      isPending={make.isPending}
      isDisabled={typed === ""}
      onSubmit={() => typed !== "" && make.mutate(typed, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Field
        autoFocus
        label={say("tidy.name")}
        value={name}
        onChange={(text) => {
          setName(text);
          make.reset();
        }}
        error={make.error && <Wrong error={make.error} task="newFolder" />}
      />
    </FormDialog>
  );
}

interface RenameProps {
  profile: ProfileId;
  bucket: string;
  entry: Entry;
  onClose: () => void;
}

export function RenameDialog({ profile, bucket, entry, onClose }: RenameProps) {
  const say = useSay();
  const rename = useRename(profile, bucket, rowOf(entry));
  const before = lastPart(entry);
  const [name, setName] = useState(before);
  const isOther = name !== before && name.trim() !== "";
  return (
    <FormDialog
      title={<Say id="tidy.rename.title" values={{ name: isolated(before) }} />}
      submit={<Say id="tidy.rename.submit" />}
      cancel={say("tidy.cancel")}
      isPending={rename.isPending}
      isDisabled={!isOther}
      onSubmit={() => isOther && rename.mutate(name, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <Field
        autoFocus
        selects={stemOf(entry, before)}
        label={say("tidy.name")}
        value={name}
        onChange={(text) => {
          setName(text);
          rename.reset();
        }}
        error={rename.error && <Wrong error={rename.error} task="rename" />}
      />
      <p className={styles.hint}>
        <Say id={entry.kind === "folder" ? "tidy.linksEndIn" : "tidy.linksEnd"} />
      </p>
    </FormDialog>
  );
}

/** Where it is shown with its path, the last part of that. */
const lastPart = ({ name }: Entry) => name.slice(name.lastIndexOf("/", name.length - 2) + 1);

/** How much of a name is marked to be typed over: a file keeps its ending. */
function stemOf(entry: Entry, name: string): number {
  const dot = name.lastIndexOf(".");
  return entry.kind === "object" && dot > 0 ? dot : name.length;
}

function Wrong({ error, task }: { error: AppError; task: TidyTask }) {
  const { what, why, next, values } = troubleOf(error, task, useFormats());
  return (
    <span role="alert">
      <Say id={what} values={values} /> <Say id={why} values={values} />{" "}
      <Say id={next} values={values} />
    </span>
  );
}
