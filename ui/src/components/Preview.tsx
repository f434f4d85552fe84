// The tile at the head of the panel: what is about to be lent, as far as it can be seen; else what kind of thing it is.
import { Play } from "lucide-react";
import type { ReactNode } from "react";
import { FileIcon, type Pictured } from "./FileIcon";
import styles from "./Preview.module.css";

interface Props {
  kind: Pictured;
  ending: string;
  /** What is seen of it. */
  children?: ReactNode;
  /** Said while it is on its way, and meanwhile there is movement. */
  coming?: string | null;
  /** Why nothing is seen, or less than all. */
  note?: ReactNode;
  /** What can be done about that. */
  action?: ReactNode;
}

export function Preview({ kind, ending, children, coming = null, note, action }: Props) {
  const isSeen = children !== undefined && children !== null;
  return (
    <div className={styles.frame}>
      <div
        className={styles.tile}
        data-seen={isSeen || undefined}
        data-coming={coming !== null || undefined}
      >
        {isSeen ? (
          children
        ) : (
          <div className={styles.kind} aria-hidden="true">
            {kind === "video" ? <Play className={styles.play} /> : <FileIcon kind={kind} />}
          </div>
        )}
        {ending !== "" && !isSeen && (
          <span className={styles.ending} aria-hidden="true">
            {ending}
          </span>
        )}
      </div>
      {/* Always there: what comes into being together with its words is often not announced. */}
      <div role="status">
        {coming !== null && <p className={styles.said}>{coming}</p>}
        {note && <p className={styles.note}>{note}</p>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}
