// The way to the uploads, and how many are under way. It alone is drawn anew with every figure.
import { ArrowUpDown } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { Say, useSay } from "../../i18n/say";
import { useTransferList } from "../../ipc/context";
import { isUnderWay } from "../../ipc/transfers";
import styles from "./UploadsNav.module.css";

export function UploadsNav({ isOpen, onOpen }: { isOpen: boolean; onOpen: () => void }) {
  const say = useSay();
  const count = useTransferList().filter(isUnderWay).length;
  return (
    <nav aria-label={say("uploads.heading")}>
      <PlainButton
        className={styles.entry ?? ""}
        aria-label={say("uploads.entry", { count })}
        aria-current={isOpen ? "page" : undefined}
        onPress={onOpen}
      >
        <ArrowUpDown aria-hidden="true" className={styles.icon} />
        <span className={styles.name}>
          <Say id="uploads.heading" />
        </span>
        {count > 0 && (
          <span className={styles.count} aria-hidden="true">
            {count}
          </span>
        )}
      </PlainButton>
    </nav>
  );
}
