// What can be done with a transfer, by where it stands. A button that turns into its opposite keeps its place, and so
// the focus.
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { type MessageId, Say } from "../../i18n/say";
import type { Transfer } from "../../ipc/bindings";
import type { TransferChange, useChangeTransfer } from "../../queries/upload";
import { CopyAgainButton, type useCopyAgain } from "./CopyAgain";
import styles from "./UploadCard.module.css";

interface Props {
  transfer: Transfer;
  change: ReturnType<typeof useChangeTransfer>;
  copying: ReturnType<typeof useCopyAgain>;
}

type Act = [MessageId, TransferChange];

interface Acts {
  /** Something beside the two that are always in their places. */
  now?: Act;
  go?: Act;
  end: Act;
}

const PAUSE: Act = ["uploads.pause", "pause"];
const REMOVE: Act = ["uploads.remove", "forget"];

const ACTS: Record<Transfer["state"], Acts> = {
  uploading: { go: PAUSE, end: ["upload.cancel", "cancel"] },
  waiting: { now: ["uploads.tryNow", "resume"], go: PAUSE, end: ["upload.cancel", "cancel"] },
  linking: { end: ["upload.cancel", "cancel"] },
  paused: { go: ["uploads.resume", "resume"], end: ["upload.cancel", "forget"] },
  failed: { go: ["uploads.tryAgain", "resume"], end: REMOVE },
  finished: { end: REMOVE },
  cancelled: { end: REMOVE },
};

function actsOf({ state, failed }: Transfer): Acts {
  return state === "finished" && failed.length > 0 ? { ...ACTS.failed } : ACTS[state];
}

export function UploadActions({ transfer, change, copying }: Props) {
  const { now, go, end } = actsOf(transfer);
  const { sent, state } = transfer;
  const button = (key: string, [id, act]: Act): ReactNode => (
    <Button
      key={key}
      look={key === "end" ? "quiet" : "plain"}
      isPending={change.isPending && change.variables === act}
      onPress={() => change.mutate(act)}
    >
      <Say id={id} />
    </Button>
  );
  return (
    <div className={styles.actions}>
      {state === "finished" && sent.length > 0 && (
        <CopyAgainButton copying={copying} count={sent.length} />
      )}
      {now && button("now", now)}
      {go && button("go", go)}
      {button("end", end)}
    </div>
  );
}
