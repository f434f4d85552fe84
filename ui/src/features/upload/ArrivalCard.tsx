// What came of an upload: the links, what was not sent and why, or why nothing was sent.

import { CircleCheck, CircleSlash, ClipboardX } from "lucide-react";
import type { ReactNode } from "react";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { type MessageId, Say } from "../../i18n/say";
import type { Handover, Transfer } from "../../ipc/bindings";
import { useTransferList } from "../../ipc/context";
import { isUnderWay } from "../../ipc/transfers";
import styles from "./ArrivalCard.module.css";
import { CopiedAgain, CopyAgainButton, useCopyAgain } from "./CopyAgain";
import { LeftOut } from "./LeftOut";
import { Remarks } from "./Remarks";
import { NotSent, SentFiles } from "./SentFiles";
import type { Arrival, Rest } from "./useUploads";

interface Props {
  arrival: Arrival;
  isPractice: boolean;
}

export function ArrivalCard({ arrival, isPractice }: Props) {
  switch (arrival.kind) {
    case "ended":
      return <Ended {...arrival} isPractice={isPractice} />;
    case "refused":
      return <ErrorNotice error={arrival.error} task={arrival.task} />;
    case "nothing":
      return (
        <div className={styles.card}>
          <NotSent failed={[]} skipped={arrival.rest.skipped} />
          <LeftOut rest={arrival.rest} />
        </div>
      );
    case "nowhere":
      return <Nowhere />;
    case "emptyClipboard":
      return (
        <div role="status">
          <Notice tone="plain">
            <p>
              <Say id="upload.emptyClipboard" />
            </p>
          </Notice>
        </div>
      );
  }
}

interface EndedProps {
  transfer: Transfer;
  rest: Rest | null;
  isPractice: boolean;
}

function Ended({ transfer, rest, isPractice }: EndedProps) {
  // What is being tried again has not ended any more.
  const isAgain = useTransferList().some((one) => one.id === transfer.id && isUnderWay(one));
  if (isAgain) return null;
  return (
    <div className={styles.card}>
      <div role="status" className={styles.card}>
        <Ending transfer={transfer} isPractice={isPractice} />
        <Remarks transfer={transfer} />
      </div>
      <NotSent failed={transfer.failed} skipped={rest?.skipped} />
      {rest && <LeftOut key={transfer.id} rest={rest} />}
    </div>
  );
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
  const { sent, state, handover } = transfer;
  if (state === "cancelled")
    return (
      <Card tone="plain" icon={<CircleSlash aria-hidden="true" />} title="upload.stopped">
        <Say id="upload.stoppedBody" values={{ sent: sent.length }} />
      </Card>
    );
  if (sent.length === 0) return null;
  if (handover !== "copied") return <NotCopied key={transfer.id} transfer={transfer} />;
  return <Copied transfer={transfer} isPractice={isPractice} />;
}

function NotCopied({ transfer }: { transfer: Transfer }) {
  const copying = useCopyAgain(transfer);
  const count = transfer.sent.length;
  const isRefused = transfer.handover === "refused";
  return (
    <Card
      tone={isRefused ? "warn" : "plain"}
      icon={<ClipboardX aria-hidden="true" />}
      title={isRefused ? "upload.notCopied" : "upload.uploaded"}
      count={count}
      list={<CopiedAgain copying={copying} />}
      actions={<CopyAgainButton copying={copying} count={count} />}
    >
      <Say id={NOT_COPIED[transfer.handover]} values={{ count }} />
    </Card>
  );
}

const NOT_COPIED: Record<Handover, MessageId> = {
  none: "upload.noneBody",
  copied: "upload.noneBody",
  inUse: "upload.inUseBody",
  refused: "upload.notCopiedBody",
};

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
  actions?: ReactNode;
  children: ReactNode;
}

function Card({ tone, icon, title, count = 1, list, actions, children }: CardProps) {
  return (
    <Notice tone={tone} icon={icon} title={<Say id={title} values={{ count }} />} actions={actions}>
      <p>{children}</p>
      {list}
    </Notice>
  );
}
