// What is known of something, line by line, each with a button that copies it.
import { Check, Copy } from "lucide-react";
import { IconButton } from "./Button";
import styles from "./Facts.module.css";

export interface Fact {
  id: string;
  label: string;
  value: string;
  /** Nothing is copied of what is not known. */
  copy: Copying | null;
}

interface Copying {
  /** What the button is called. */
  label: string;
  isDone: boolean;
  onPress: () => void;
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ id, label, value, copy }) => (
        <div key={id} className={styles.fact}>
          <dt>{label}</dt>
          <dd>
            <span className={styles.value}>{value}</span>
            {copy && (
              <IconButton label={copy.label} onPress={copy.onPress}>
                {copy.isDone ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
              </IconButton>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
