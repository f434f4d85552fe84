// The first moment, while the last session is recalled: the window's bones, quiet.
import { Skeleton } from "../components/Skeleton";
import { useSay } from "../i18n/say";
import styles from "./Workspace.module.css";

export function Opening() {
  const say = useSay();
  return (
    <div className={styles.app}>
      <div className={styles.side} />
      <main className={styles.main}>
        <div className={styles.opening}>
          <Skeleton label={say("app.opening")} />
        </div>
      </main>
      <div className={styles.panelBlank} />
    </div>
  );
}
