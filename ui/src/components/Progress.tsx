// How far something is. Without a share it only says that something runs.
import { ProgressBar } from "react-aria-components";
import styles from "./Progress.module.css";

interface Props {
  label: string;
  share: number;
  valueLabel: string;
}

export function Progress({ label, share, valueLabel }: Props) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <ProgressBar
      aria-label={label}
      value={percent}
      valueLabel={valueLabel}
      className={styles.progress}
    >
      <div className={styles.done} style={{ width: `${percent}%` }} />
    </ProgressBar>
  );
}
