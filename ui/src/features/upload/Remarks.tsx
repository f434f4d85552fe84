// What a transfer did otherwise than the person may think.
import { isolated } from "../../i18n/names";
import { Say } from "../../i18n/say";
import type { Transfer } from "../../ipc/bindings";
import styles from "./Remarks.module.css";

/** More names than these are a matter of the count. */
const NAMED = 3;

export function Remarks({ transfer: { restarted, leftOut } }: { transfer: Transfer }) {
  if (restarted.length === 0 && leftOut.length === 0) return null;
  return (
    <div className={styles.remarks}>
      {restarted.slice(0, NAMED).map((name) => (
        <p key={name}>
          <Say id="uploads.restarted" values={{ name: isolated(name) }} />
        </p>
      ))}
      {restarted.length > NAMED && (
        <p>
          <Say id="uploads.restartedMore" values={{ count: restarted.length - NAMED }} />
        </p>
      )}
      {leftOut.length > 0 && (
        <p>
          <Say
            id="uploads.leftOut"
            values={{ count: leftOut.length, name: isolated(leftOut[0] ?? "") }}
          />
        </p>
      )}
    </div>
  );
}
