// Something that few need, folded away.
import type { ReactNode } from "react";
import styles from "./Fold.module.css";

export function Fold({ summary, children }: { summary: string; children: ReactNode }) {
  return (
    <details className={styles.fold}>
      <summary>{summary}</summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
