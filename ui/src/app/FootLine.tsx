// The line under the list: what is on its way, or else how much is here. It alone is drawn anew with every figure.
import { Foot } from "../features/browse/Foot";
import type { Folder } from "../features/browse/useFolder";
import { TransferFoot } from "../features/upload/TransferFoot";
import { useTransferList } from "../ipc/context";
import { isUnderWay } from "../ipc/transfers";
import styles from "./Workspace.module.css";

export function FootLine({ folder, isOpen }: { folder: Folder; isOpen: boolean }) {
  const underWay = useTransferList().filter(isUnderWay);
  if (underWay.length === 0 && (!isOpen || folder.error)) return null;
  return (
    <footer className={styles.foot}>
      {underWay.length > 0 ? <TransferFoot transfers={underWay} /> : <Foot folder={folder} />}
    </footer>
  );
}
