// Technical text, folded away, and the button that hands it on.
import { Button } from "./Button";
import styles from "./Details.module.css";

interface Props {
  summary: string;
  text: string;
  copyLabel: string;
  onCopy: () => void;
}

export function Details({ summary, text, copyLabel, onCopy }: Props) {
  return (
    <details className={styles.details}>
      <summary>{summary}</summary>
      <pre>{text}</pre>
      <Button look="quiet" onPress={onCopy}>
        {copyLabel}
      </Button>
    </details>
  );
}
