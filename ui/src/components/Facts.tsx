// What is known of something, line by line, each with a button that copies it.
import { Check, Copy } from "lucide-react";
import { IconButton } from "./Button";
import styles from "./Facts.module.css";

export interface Fact {
  id: string;
  label: string;
  value: string;
  /** What the button is called. */
  copyLabel: string;
  onCopy: () => void;
  isCopied: boolean;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ id, label, value, copyLabel, onCopy, isCopied }) => (
        <div key={id} className={styles.fact}>
          <dt>{label}</dt>
          <dd>
            <span className={styles.value}>{value}</span>
            <IconButton label={copyLabel} onPress={onCopy}>
              {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
            </IconButton>
          </dd>
        </div>
      ))}
    </dl>
  );
}
