// Transfers on their way, a line each: what, how far, how much longer, and the way out.
import { Button } from "../../components/Button";
import { Name } from "../../components/Name";
import { Progress } from "../../components/Progress";
import { useFormats } from "../../i18n/format";
import { visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Transfer } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import { useCancelTransfer } from "../../queries/upload";
import { pace } from "./pace";
import styles from "./TransferFoot.module.css";

export function TransferFoot({ transfers }: { transfers: readonly Transfer[] }) {
  return (
    <ul className={styles.list}>
      {transfers.map((transfer) => (
        <TransferLine key={transfer.id} transfer={transfer} />
      ))}
    </ul>
  );
}

function TransferLine({ transfer }: { transfer: Transfer }) {
  const say = useSay();
  const formats = useFormats();
  const now = useClock()();
  const cancel = useCancelTransfer();
  const { share, secondsLeft } = pace(transfer, now);
  const name = visible(transfer.currentName ?? "");
  const percent = formats.percent(share);
  const left = secondsLeft === null ? null : formats.remaining(secondsLeft);
  const isLinking = transfer.state === "linking";
  return (
    <li className={styles.line}>
      <span className={styles.what}>
        <Name>{name}</Name>
        {transfer.files > 1 && (
          <span className={styles.count}>
            <Say id="upload.several" values={{ done: transfer.filesDone, count: transfer.files }} />
          </span>
        )}
      </span>
      <Progress label={say("upload.progress", { name })} share={share} valueLabel={percent} />
      <span className={styles.figures}>
        {isLinking ? (
          <Say id="upload.linking" values={{ count: transfer.files }} />
        ) : left === null ? (
          percent
        ) : (
          <Say id="upload.status" values={{ percent, left }} />
        )}
      </span>
      <Button look="quiet" isPending={cancel.isPending} onPress={() => cancel.mutate(transfer.id)}>
        <Say id="upload.cancel" />
      </Button>
    </li>
  );
}
