// The line under the list: what is on its way, or else how much is here. It alone is drawn anew with every figure.
import { Foot } from "../features/browse/Foot";
import type { Folder } from "../features/browse/useFolder";
import { TransferFoot } from "../features/upload/TransferFoot";
import { Say } from "../i18n/say";
import type { Place } from "../ipc/bindings";
import { useTransferList } from "../ipc/context";
import { isPaused, isUnderWay } from "../ipc/transfers";
import styles from "./Workspace.module.css";

interface Props {
  folder: Folder;
  isOpen: boolean;
  /** Where IT wants uploads. */
  uploadTo: Place | null;
  /** Whether it is being asked which names are taken. */
  isLooking: boolean;
  onShowUploads: () => void;
}

export function FootLine({ folder, isOpen, uploadTo, isLooking, onShowUploads }: Props) {
  const transfers = useTransferList();
  const underWay = transfers.filter(isUnderWay);
  const paused = transfers.filter(isPaused).length;
  const hasTransfers = underWay.length + paused > 0;
  if (!hasTransfers && !isLooking && (!isOpen || folder.error)) return null;
  return (
    <footer className={styles.foot}>
      {hasTransfers ? (
        <TransferFoot underWay={underWay} paused={paused} onShow={onShowUploads} />
      ) : isLooking ? (
        <Say id="upload.looking" />
      ) : (
        <Foot folder={folder} uploadTo={uploadTo} />
      )}
    </footer>
  );
}
