// The panel beside the list.
import type { ReactNode } from "react";
import styles from "./Panel.module.css";

export function Panel({ label, children }: { label: string; children: ReactNode }) {
  return (
    <aside className={styles.panel} aria-label={label}>
      {children}
    </aside>
  );
}
