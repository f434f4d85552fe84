// A picture of a file, and the larger one behind it.
import { X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton, Dialog, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import styles from "./Picture.module.css";

interface Props {
  src: string;
  /** What it is a picture of, and that it can be seen larger: a button says its name, and nothing that is in it. */
  label: string;
  onSeen: () => void;
  onFail: () => void;
  onLarger: () => void;
}

export function Picture({ src, label, onSeen, onFail, onLarger }: Props) {
  return (
    <AriaButton className={styles.button ?? ""} aria-label={label} onPress={onLarger}>
      <img className={styles.picture} src={src} alt="" onLoad={onSeen} onError={onFail} />
    </AriaButton>
  );
}

interface CloserProps {
  label: string;
  close: string;
  onClose: () => void;
  children: ReactNode;
}

/** A closer look, over everything else; Escape, or a press beside it, leads back. */
export function Closer({ label, close, onClose, children }: CloserProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={styles.scrim ?? ""}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog className={styles.dialog ?? ""} aria-label={label}>
          <div className={styles.head}>
            <b>{label}</b>
            <IconButton label={close} onPress={onClose}>
              <X aria-hidden="true" />
            </IconButton>
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The larger picture; the smaller one stands in for it until it is there. */
export function LargePicture({ src, small, alt }: { src: string; small: string; alt: string }) {
  const [shown, setShown] = useState(small);
  return (
    <>
      <img className={styles.large} src={shown} alt={alt} />
      {shown !== src && <img hidden src={src} alt="" onLoad={() => setShown(src)} />}
    </>
  );
}
