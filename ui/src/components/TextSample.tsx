// The beginning of a text, as it is written.
import type { ReactNode } from "react";
import styles from "./TextSample.module.css";

interface Props {
  text: string;
  label: string;
  look: "tile" | "large";
  /** What can be done with it. */
  corner?: ReactNode;
}

export function TextSample({ text, label, look, corner }: Props) {
  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section tabIndex={0} aria-label={label} className={styles.sample} data-look={look}>
        <pre>{text}</pre>
      </section>
      {corner && <div className={styles.corner}>{corner}</div>}
    </div>
  );
}
