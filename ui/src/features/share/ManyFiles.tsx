// Many chosen files: what they are together, how their links open, the button, and how far it is.
import { Button } from "../../components/Button";
import { Progress } from "../../components/Progress";
import { useFormats } from "../../i18n/format";
import { Say, useSay } from "../../i18n/say";
import type { Selection } from "../../ipc/bindings";
import styles from "./LinkPanel.module.css";
import { ManyOutcome } from "./ManyOutcome";
import { MoreChoices } from "./MoreChoices";
import { OpeningField } from "./OpeningField";
import type { ManySharing } from "./useManySharing";

interface HeadProps {
  /** In figures. */
  chosen: Pick<Selection, "files" | "folders" | "bytes">;
  /** Whether that is more than links are made for at once. */
  isTooMany: boolean;
  /** Whether the folder has entries that are not loaded, and so not chosen. */
  hasMore: boolean;
}

export function ManyHead({ chosen: { files, folders, bytes }, isTooMany, hasMore }: HeadProps) {
  const formats = useFormats();
  if (files === 0)
    return (
      <p className={styles.name}>
        <Say id="links.onlyFolders" />
      </p>
    );
  return (
    <div className={styles.field}>
      <h2 className={styles.name}>
        <Say id="links.chosen" values={{ count: files }} />
      </h2>
      <p className={styles.sub}>
        <Say id="links.about" values={{ size: formats.size(bytes) }} />
      </p>
      {folders > 0 && (
        <p className={styles.sub}>
          <Say id="links.foldersLeft" values={{ count: folders }} />
        </p>
      )}
      {hasMore && (
        <p className={styles.sub}>
          <Say id="links.moreLeft" />
        </p>
      )}
      {isTooMany && (
        <p>
          <Say id="links.tooMany" values={{ folders }} />
        </p>
      )}
    </div>
  );
}

export function ManyLinks({ many, onCopy }: { many: ManySharing; onCopy: () => void }) {
  const say = useSay();
  const count = many.files.length;
  if (count === 0) return null;
  return (
    <>
      <OpeningField
        value={many.opening.disposition}
        onChange={(disposition) => many.setOpening({ disposition })}
        inlineLabel={say("links.show")}
        isHeldBack={false}
        mayInline={many.mayInline}
      />
      <MoreChoices
        opening={many.opening}
        isActive={many.mayBeActive && many.mayInline}
        onChange={({ showsActive, pinned }) =>
          many.setOpening({
            ...(showsActive === undefined ? {} : { showsActive }),
            ...(pinned === undefined ? {} : { pinned }),
          })
        }
      />
      {many.isCopying ? (
        <UnderWay many={many} count={count} />
      ) : (
        <Button look="big" onPress={onCopy}>
          <Say id="links.copy" values={{ count }} />
        </Button>
      )}
      <ManyOutcome outcome={many.outcome} />
    </>
  );
}

function UnderWay({ many, count }: { many: ManySharing; count: number }) {
  const say = useSay();
  const progress = say("links.progress", { done: many.done, count });
  return (
    <div className={styles.field}>
      <p>
        <Say id="links.copying" /> <span className={styles.sub}>{progress}</span>
      </p>
      <Progress label={say("links.copying")} share={many.done / count} valueLabel={progress} />
      <Button onPress={many.stop}>
        <Say id="links.stop" />
      </Button>
    </div>
  );
}
