// One or two letters that stand for an account or a place. Drawn and not written: a name read aloud or searched for
// beside them stays whole.
import styles from "./Monogram.module.css";

export function Monogram({ letters, look }: { letters: string; look: "solid" | "soft" }) {
  return (
    <span className={styles.monogram} data-look={look} data-letters={letters} aria-hidden="true" />
  );
}
