// What is chosen in the list, as the head of the panel: a file, a folder, or nothing yet.
import { MousePointerClick, UploadCloud } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { Name } from "../../components/Name";
import { Preview } from "../../components/Preview";
import { useFormats } from "../../i18n/format";
import { fileKind } from "../../i18n/kinds";
import { visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Entry } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import styles from "./LinkPanel.module.css";

type Of<Kind extends Entry["kind"]> = Extract<Entry, { kind: Kind }>;

export function ChosenFile({ file, preview }: { file: Of<"object">; preview: ReactNode }) {
  const say = useSay();
  const formats = useFormats();
  const now = useClock()();
  const kind = fileKind(file.name);
  const about = { size: formats.size(file.size), kind: say(`link.kind.${kind}`) };
  return (
    <>
      {preview}
      <div>
        <h2 className={styles.name}>
          <Name wraps>{visible(file.name)}</Name>
        </h2>
        <p className={styles.sub}>
          {file.modifiedAt === null ? (
            <Say id="link.about" values={about} />
          ) : (
            <Say
              id="link.aboutChanged"
              values={{ ...about, changed: formats.changedAt(file.modifiedAt, now) }}
            />
          )}
        </p>
      </div>
    </>
  );
}

export function ChosenFolder({ folder, onOpen }: { folder: Of<"folder">; onOpen: () => void }) {
  return (
    <>
      <Preview kind="folder" ending="" />
      <div className={styles.field}>
        <h2 className={styles.name}>
          <Name wraps>{visible(folder.name)}</Name>
        </h2>
        <p className={styles.sub}>
          <Say id="link.folder.body" />
        </p>
      </div>
      <Button onPress={onOpen}>
        <Say id="link.folder.open" />
      </Button>
    </>
  );
}

export function NothingChosen() {
  return (
    <div className={styles.invitation}>
      <h2 className={styles.name}>
        <Say id="link.none.heading" />
      </h2>
      <ul className={styles.ways}>
        <li>
          <MousePointerClick aria-hidden="true" />
          <p>
            <Say id="link.none.choose" />
          </p>
        </li>
        <li>
          <UploadCloud aria-hidden="true" />
          <p>
            <Say id="link.none.drop" />
          </p>
        </li>
      </ul>
    </div>
  );
}
