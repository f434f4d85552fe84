// Where one transfer stands: the bar and its figures while it is on its way, one line about it afterwards.
import { CircleAlert, CircleCheck, CirclePause, CircleSlash, Clock } from "lucide-react";
import type { ReactNode } from "react";
import { Progress } from "../../components/Progress";
import { useFormats } from "../../i18n/format";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { Transfer } from "../../ipc/bindings";
import { usePaces } from "../../ipc/context";
import { shareOf, useWaitingWords } from "./share";
import styles from "./UploadCard.module.css";

export function Standing({ transfer, title }: { transfer: Transfer; title: string }) {
  switch (transfer.state) {
    case "uploading":
    case "linking":
      return <Bar transfer={transfer} title={title} />;
    case "waiting":
    case "paused":
      return (
        <>
          <Bar transfer={transfer} title={title} />
          <Halted transfer={transfer} />
        </>
      );
    default:
      return <Ended transfer={transfer} />;
  }
}

function Bar({ transfer, title }: { transfer: Transfer; title: string }) {
  const say = useSay();
  const formats = useFormats();
  const share = shareOf([transfer]);
  return (
    <div className={styles.progress} data-halted={transfer.state === "paused" || undefined}>
      <Progress
        label={say("upload.progress", { name: title })}
        share={share}
        valueLabel={formats.percent(share)}
      />
      <p className={styles.figures}>
        <Figures transfer={transfer} />
      </p>
    </div>
  );
}

function Figures({ transfer }: { transfer: Transfer }) {
  const formats = useFormats();
  const pace = usePaces().get(transfer.id);
  const { files, filesDone, bytesSent, bytesTotal } = transfer;
  const bytes = { sent: formats.size(bytesSent), total: formats.size(bytesTotal) };
  if (transfer.state === "linking") return <Say id="upload.linking" values={{ count: files }} />;
  return (
    <>
      <span>
        <Say id="uploads.bytes" values={bytes} />
      </span>{" "}
      {files > 1 && (
        <span>
          <Say id="upload.several" values={{ done: filesDone, count: files }} />
        </span>
      )}{" "}
      {pace && (
        <>
          <span>
            <Say id="uploads.speed" values={{ size: formats.size(pace.speed) }} />
          </span>{" "}
          <span className={styles.left}>{formats.remaining(pace.secondsLeft)}</span>
        </>
      )}
    </>
  );
}

function Halted({ transfer }: { transfer: Transfer }) {
  const waitingWords = useWaitingWords();
  const formats = useFormats();
  const { state, trouble } = transfer;
  const words = trouble && troubleOf(trouble, "upload", formats);
  const Icon = state === "waiting" ? Clock : CirclePause;
  return (
    <State tone={state === "waiting" ? "warn" : "plain"} icon={<Icon aria-hidden="true" />}>
      <b>{state === "waiting" ? waitingWords(transfer) : <Say id="uploads.paused" />}</b>{" "}
      {words && <Say id={words.why} values={words.values} />}{" "}
      {words && state === "paused" && <Say id={words.next} values={words.values} />}
      {state === "waiting" && <Say id="uploads.goesOn" />}
    </State>
  );
}

function Ended({ transfer }: { transfer: Transfer }) {
  const formats = useFormats();
  const { state, files, failed, sent, handover, bytesTotal } = transfer;
  if (state === "cancelled")
    return (
      <State tone="plain" icon={<CircleSlash aria-hidden="true" />}>
        <b>
          <Say id="upload.stopped" />
        </b>{" "}
        <Say id="upload.stoppedBody" values={{ sent: sent.length }} />
      </State>
    );
  if (state === "failed" || failed.length > 0)
    return (
      <State tone="danger" icon={<CircleAlert aria-hidden="true" />}>
        <b>
          <Say id="uploads.notArrived" values={{ count: files, sent: sent.length }} />
        </b>
      </State>
    );
  return (
    <State tone="good" icon={<CircleCheck aria-hidden="true" />}>
      <b>
        <Say id="uploads.uploaded" />
      </b>{" "}
      <Say
        id="uploads.handedOver"
        values={{ size: formats.size(bytesTotal), handover, count: sent.length }}
      />
    </State>
  );
}

interface StateProps {
  tone: "plain" | "good" | "warn" | "danger";
  icon: ReactNode;
  children: ReactNode;
}

function State({ tone, icon, children }: StateProps) {
  return (
    <div className={styles.state} data-tone={tone}>
      {icon}
      <p>{children}</p>
    </div>
  );
}
