// The files of a drop, by name: those that are up, and those that are not, each with its reason and what would help.
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Name } from "../../components/Name";
import { Notice } from "../../components/Notice";
import { ErrorDetails } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { visible } from "../../i18n/names";
import { type MessageId, Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { FailedFile, SentFile, Skipped } from "../../ipc/bindings";
import styles from "./ArrivalCard.module.css";

export function SentFiles({ sent }: { sent: readonly SentFile[] }) {
  const say = useSay();
  return (
    <ul className={styles.files} aria-label={say("upload.sent")}>
      {sent.map(({ key, name }) => (
        <li key={key} className={styles.file}>
          <CircleCheck aria-hidden="true" className={styles.tick} />
          <Name wraps>{visible(name)}</Name>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  failed: readonly FailedFile[];
  skipped: readonly Skipped[];
}

const SKIPPED: Record<Skipped["reason"], MessageId> = {
  folder: "upload.skipped.folder",
  unreadable: "upload.skipped.unreadable",
};

export function NotSent({ failed, skipped }: Props) {
  if (failed.length === 0 && skipped.length === 0) return null;
  return (
    <Notice
      tone="danger"
      role="alert"
      icon={<CircleAlert aria-hidden="true" />}
      title={<Say id="upload.notSent" />}
    >
      <ul className={styles.files}>
        {failed.map((file) => (
          <Failed key={file.name} {...file} />
        ))}
        {skipped.map(({ name, reason }) => (
          <Unsent key={name} name={name}>
            <Say id={SKIPPED[reason]} />
          </Unsent>
        ))}
      </ul>
    </Notice>
  );
}

function Failed({ name, error }: FailedFile) {
  const { why, next, values } = troubleOf(error, "upload", useFormats());
  return (
    <Unsent name={name} details={<ErrorDetails error={error} />}>
      <Say id={why} values={values} /> <Say id={next} values={values} />
    </Unsent>
  );
}

interface UnsentProps {
  name: string;
  children: ReactNode;
  details?: ReactNode;
}

function Unsent({ name, children, details }: UnsentProps) {
  return (
    <li>
      <b className={styles.unsent}>
        <Name wraps>{visible(name)}</Name>
      </b>
      <p>{children}</p>
      {details}
    </li>
  );
}
