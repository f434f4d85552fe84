// Grey lines where rows will be. What is loading is said once, to those who cannot see the lines.
import styles from "./Skeleton.module.css";

const WIDTHS = ["46%", "38%", "62%", "30%", "54%", "42%", "58%", "34%"];

export function Skeleton({ label, rows = WIDTHS.length }: { label: string; rows?: number }) {
  return (
    <div className={styles.skeleton}>
      <p role="status" className={styles.said}>
        {label}
      </p>
      <div aria-hidden="true">
        {WIDTHS.slice(0, rows).map((width) => (
          <div key={width} className={styles.row}>
            <i className={styles.dot} />
            <i className={styles.bar} style={{ width }} />
          </div>
        ))}
      </div>
    </div>
  );
}
