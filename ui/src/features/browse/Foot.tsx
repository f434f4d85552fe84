// The line under the list while nothing is on its way: how much is here, and how far that is all.
import { Button } from "../../components/Button";
import { isolated, placeName } from "../../i18n/names";
import { Say } from "../../i18n/say";
import type { FolderState, Place } from "../../ipc/bindings";
import styles from "./Foot.module.css";
import { type Folder, useFolderView } from "./useFolder";

interface Props {
  folder: Folder;
  /** Where IT wants uploads. */
  uploadTo: Place | null;
}

export function Foot({ folder, uploadTo }: Props) {
  const { state, error } = useFolderView(folder);
  if (folder === null || state === null || (error && state.shown === 0)) return null;
  const isStopped = !state.isReading && !state.isComplete && !state.isCut && !error;
  const isFirstReading = state.isReading && !state.isComplete;
  return (
    <>
      <span className={styles.words}>
        <Count
          state={state}
          looked={folder.depth === "below" ? state.scanned : state.loaded}
          uploadTo={uploadTo}
        />
        {isFirstReading && !state.isArranged && (
          <>
            {" "}
            <Say id="foot.unordered" />
          </>
        )}
      </span>
      {/* One button, so that whoever pressed it keeps the focus. */}
      {(isFirstReading || isStopped) && (
        <Button look="quiet" onPress={() => (isStopped ? folder.reload() : folder.stop())}>
          <Say id={isStopped ? "foot.goOn" : "foot.stop"} />
        </Button>
      )}
    </>
  );
}

interface CountProps {
  state: FolderState;
  /** At how many the search has looked. */
  looked: number;
  uploadTo: Place | null;
}

function Count({ state, looked, uploadTo }: CountProps) {
  const { shown: count, search, isReading, isComplete, isCut } = state;
  if (isCut) return <Say id="foot.cut" values={{ count }} />;
  if (search !== "") {
    const id = isReading ? "foot.finding" : isComplete ? "foot.found" : "foot.foundStopped";
    return <Say id={id} values={{ count, looked }} />;
  }
  if (!isComplete && !isReading) return <Say id="foot.stopped" values={{ count }} />;
  const values = { count, elsewhere: String(uploadTo !== null), name: nameOf(uploadTo) };
  return <Say id={isComplete ? "browse.foot" : "browse.footMore"} values={values} />;
}

const nameOf = (place: Place | null) => isolated(place === null ? "" : placeName(place));
