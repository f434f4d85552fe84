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
import type { FailedFile, SentFile, Skipped, SkipReason } from "../../ipc/bindings";
import styles from "./ArrivalCard.module.css";

/** Nobody reads thousands of names, and a window that draws them all stands still. */
const SHOWN = 50;

export function SentFiles({ sent }: { sent: readonly SentFile[] }) {
  const say = useSay();
  return (
    <ul className={styles.files} aria-label={say("upload.sent")}>
      {sent.slice(0, SHOWN).map(({ key, name }) => (
        <li key={key} className={styles.file}>
          <CircleCheck aria-hidden="true" className={styles.tick} />
          <Name wraps>{visible(name)}</Name>
        </li>
      ))}
      <More count={sent.length - SHOWN} />
    </ul>
  );
}

function More({ count }: { count: number }) {
  if (count <= 0) return null;
  return (
    <li>
      <Say id="upload.more" values={{ count }} />
    </li>
  );
}

interface Props {
  failed: readonly FailedFile[];
  skipped?: readonly Skipped[];
  /** It is old news, and not to be called out. */
  isQuiet?: boolean;
}

/** What the system keeps for itself was not meant, and is told elsewhere. */
const SKIPPED: Record<Exclude<SkipReason, "system">, MessageId> = {
  unreadable: "upload.skipped.unreadable",
  special: "upload.skipped.special",
  link: "upload.skipped.link",
  name: "upload.skipped.name",
};

export function NotSent({ failed, skipped = [], isQuiet = false }: Props) {
  const unsent = [
    ...failed.map(({ name, error }) => ({ name, error })),
    ...skipped.flatMap(({ name, reason }) =>
      reason === "system" ? [] : [{ name, words: SKIPPED[reason] }],
    ),
  ];
  if (unsent.length === 0) return null;
  return (
    <Notice
      tone="danger"
      role={isQuiet ? undefined : "alert"}
      icon={<CircleAlert aria-hidden="true" />}
      title={<Say id="upload.notSent" />}
    >
      <ul className={styles.files}>
        {unsent.slice(0, SHOWN).map((one) =>
          "error" in one ? (
            <Failed key={one.name} {...one} />
          ) : (
            <Unsent key={one.name} name={one.name}>
              <Say id={one.words} />
            </Unsent>
          ),
        )}
        <More count={unsent.length - SHOWN} />
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
