// What came of an upload: the links, what was not sent and why, or why nothing was sent.

import { CircleCheck, CircleSlash, ClipboardX } from "lucide-react";
import type { ReactNode } from "react";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { type MessageId, Say } from "../../i18n/say";
import type { Skipped, Transfer } from "../../ipc/bindings";
import styles from "./ArrivalCard.module.css";
import { NotSent, SentFiles } from "./SentFiles";
import type { Arrival } from "./useUploads";

interface Props {
  arrival: Arrival;
  skipped: readonly Skipped[];
  isPractice: boolean;
}

export function ArrivalCard({ arrival, skipped, isPractice }: Props) {
  switch (arrival.kind) {
    case "ended":
      return (
        <div className={styles.card}>
          <div role="status" className={styles.card}>
            <Ending transfer={arrival.transfer} isPractice={isPractice} />
          </div>
          <NotSent failed={arrival.transfer.failed} skipped={skipped} />
        </div>
      );
    case "refused":
      return <ErrorNotice error={arrival.error} task={arrival.task} />;
    case "nothing":
      return <NotSent failed={[]} skipped={arrival.skipped} />;
    case "nowhere":
      return <Nowhere />;
  }
}

function Nowhere() {
  return (
    <Notice tone="warn" role="alert" title={<Say id="browse.dropFirst.what" />}>
      <p>
        <Say id="browse.dropFirst.why" /> <Say id="browse.dropFirst.next" />
      </p>
    </Notice>
  );
}

function Ending({ transfer, isPractice }: { transfer: Transfer; isPractice: boolean }) {
  const { sent, state, copied } = transfer;
  if (state === "cancelled")
    return (
      <Card tone="plain" icon={<CircleSlash aria-hidden="true" />} title="upload.stopped">
        <Say id="upload.stoppedBody" values={{ sent: sent.length }} />
      </Card>
    );
  if (sent.length === 0) return null;
  if (!copied)
    return (
      <Card
        tone="warn"
        icon={<ClipboardX aria-hidden="true" />}
        title="upload.notCopied"
        count={sent.length}
      >
        <Say id="upload.notCopiedBody" values={{ count: sent.length }} />
      </Card>
    );
  return <Copied transfer={transfer} isPractice={isPractice} />;
}

function Copied({ transfer: { sent }, isPractice }: { transfer: Transfer; isPractice: boolean }) {
  const formats = useFormats();
  const count = sent.length;
  const isTested = sent.every(({ checked }) => checked === "opens");
  const moment = formats.moment(Math.min(...sent.map(({ end }) => end.expiresAt)));
  return (
    <Card
      tone={isTested ? "good" : "plain"}
      icon={<CircleCheck aria-hidden="true" />}
      title={titleFor(count, isTested)}
      count={count}
      list={count > 1 && <SentFiles sent={sent} />}
    >
      <Say id={bodyFor(isTested, isPractice)} values={{ count, moment }} />
    </Card>
  );
}

function titleFor(count: number, isTested: boolean): MessageId {
  if (count === 1) return isTested ? "upload.done" : "upload.doneUntested";
  return isTested ? "upload.doneMany" : "upload.doneManyUntested";
}

function bodyFor(isTested: boolean, isPractice: boolean): MessageId {
  if (isPractice) return "upload.practiceBody";
  return isTested ? "upload.doneBody" : "upload.untestedBody";
}

interface CardProps {
  tone: "good" | "plain" | "warn";
  icon: ReactNode;
  title: MessageId;
  count?: number;
  list?: ReactNode;
  children: ReactNode;
}

function Card({ tone, icon, title, count = 1, list, children }: CardProps) {
  return (
    <Notice tone={tone} icon={icon} title={<Say id={title} values={{ count }} />}>
      <p>{children}</p>
      {list}
    </Notice>
  );
}
