// The tile at the head of the panel: what kind of thing is about to be lent.
import { Play } from "lucide-react";
import { FileIcon, type Pictured } from "./FileIcon";
import styles from "./Preview.module.css";

export function Preview({ kind, ending }: { kind: Pictured; ending: string }) {
  return (
    <div className={styles.tile} aria-hidden="true">
      {kind === "video" ? <Play className={styles.play} /> : <FileIcon kind={kind} />}
      {ending !== "" && <span className={styles.ending}>{ending}</span>}
    </div>
  );
}
