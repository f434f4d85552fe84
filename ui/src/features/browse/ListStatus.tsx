// Says how many rows there are once that is settled, to those who cannot see the line under the list. While a folder is
// read it is silent: ten figures a second help nobody.
import { Say } from "../../i18n/say";
import type { FolderView } from "../../ipc/openFolder";
import styles from "./FileTable.module.css";
import { type Folder, useFolderFact } from "./useFolder";

const settled = ({ state, error }: FolderView) =>
  state === null || (state.isReading && !state.isComplete) || (error && state.shown === 0)
    ? null
    : state.shown;
const isPart = ({ state }: FolderView) =>
  state !== null && (state.isCut || !(state.isReading || state.isComplete));

export function ListStatus({ folder }: { folder: Folder }) {
  const count = useFolderFact(folder, settled);
  const hasMore = useFolderFact(folder, isPart);
  return (
    <p role="status" className={styles.said}>
      {count !== null && (
        <Say id={hasMore ? "browse.toldPart" : "browse.told"} values={{ count }} />
      )}
    </p>
  );
}
