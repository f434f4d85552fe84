// The line under the list: what is on its way, or else how much is here; both, as long as not all of that is read. It
// alone is drawn anew with every figure.
import { Foot } from "../features/browse/Foot";
import { type Folder, useFolderFact } from "../features/browse/useFolder";
import { TransferFoot } from "../features/upload/TransferFoot";
import { Say } from "../i18n/say";
import type { Place } from "../ipc/bindings";
import { useTransferList } from "../ipc/context";
import type { FolderView } from "../ipc/openFolder";
import { isPaused, isUnderWay } from "../ipc/transfers";
import styles from "./Workspace.module.css";

interface Props {
  folder: Folder;
  /** Where IT wants uploads. */
  uploadTo: Place | null;
  /** Whether it is being asked which names are taken. */
  isLooking: boolean;
  onShowUploads: () => void;
}

/** What could not be opened is said where the list would be. */
const isRefused = ({ state, error }: FolderView) => error !== null && (state?.shown ?? 0) === 0;
const isUnread = ({ state }: FolderView) => state !== null && !state.isComplete;

export function FootLine({ folder, uploadTo, isLooking, onShowUploads }: Props) {
  const transfers = useTransferList();
  const isSilent = useFolderFact(folder, isRefused) || folder === null;
  const isPart = useFolderFact(folder, isUnread);
  const underWay = transfers.filter(isUnderWay);
  const paused = transfers.filter(isPaused).length;
  const hasTransfers = underWay.length + paused > 0;
  const isBusy = hasTransfers || isLooking;
  if (!isBusy && isSilent) return null;
  return (
    <footer className={styles.foot}>
      {isBusy && (
        <div className={styles.line}>
          {hasTransfers ? (
            <TransferFoot underWay={underWay} paused={paused} onShow={onShowUploads} />
          ) : (
            <Say id="upload.looking" />
          )}
        </div>
      )}
      {!isSilent && (isPart || !isBusy) && (
        <div className={styles.line}>
          <Foot folder={folder} uploadTo={uploadTo} />
        </div>
      )}
    </footer>
  );
}
