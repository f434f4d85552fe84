// What stands over everything else until it is answered: what it is about, and below that what can be done. Escape takes
// the way back.
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./Over.module.css";

interface Props {
  title: ReactNode;
  children: ReactNode;
  /** The way back. */
  onClose: () => void;
}

export function Over({ title, children, onClose }: Props) {
  return (
    <ModalOverlay
      isOpen
      className={styles.scrim ?? ""}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""}>
          <Heading slot="title" className={styles.title}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
