// What came of many links: how many are on the clipboard, and the files without one, each with its reason.
import { CircleAlert, CircleCheck, CircleHelp, ClipboardX } from "lucide-react";
import { Name } from "../../components/Name";
import { Notice } from "../../components/Notice";
import { ErrorDetails, ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { visible } from "../../i18n/names";
import { Say } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { FailedLink, Links } from "../../ipc/bindings";
import styles from "./LinkPanel.module.css";
import type { ManyOutcome as Outcome } from "./useManySharing";

export function ManyOutcome({ outcome }: { outcome: Outcome }) {
  return (
    <>
      <div role="status" className={styles.outcome}>
        {outcome?.kind === "stopped" && <Say id="links.stopped" />}
        {outcome?.kind === "made" && <Made links={outcome.links} />}
      </div>
      {outcome?.kind === "made" && <Failed failed={outcome.links.failed} />}
      {outcome?.kind === "failed" && <ErrorNotice error={outcome.error} task="copy" />}
    </>
  );
}

function Made({ links: { made, copied } }: { links: Links }) {
  const formats = useFormats();
  const count = made.length;
  const untested = made.filter(({ checked }) => checked !== "opens").length;
  const end = made.reduce((least, { end }) => Math.min(least, end.expiresAt), Number.MAX_VALUE);
  if (count === 0) return <Say id="links.none" />;
  if (!copied)
    return (
      <Notice
        tone="warn"
        icon={<ClipboardX aria-hidden="true" />}
        title={<Say id="links.notCopied" />}
      >
        <p>
          <Say id="links.notCopiedBody" />
        </p>
      </Notice>
    );
  const isTested = untested === 0;
  const Icon = isTested ? CircleCheck : CircleHelp;
  return (
    <Notice
      tone={isTested ? "good" : "plain"}
      icon={<Icon aria-hidden="true" />}
      title={
        <Say id={isTested ? "links.done" : "links.doneUntested"} values={{ count, untested }} />
      }
    >
      <p>
        <Say id="links.doneBody" values={{ moment: formats.moment(end) }} />
      </p>
    </Notice>
  );
}

/** Many can fail for one reason; the list scrolls in its box. */
function Failed({ failed }: { failed: readonly FailedLink[] }) {
  if (failed.length === 0) return null;
  return (
    <Notice
      tone="danger"
      role="alert"
      icon={<CircleAlert aria-hidden="true" />}
      title={<Say id="links.failed" values={{ count: failed.length }} />}
    >
      <ul className={styles.failed}>
        {failed.map((one) => (
          <li key={one.key}>
            <b>
              <Name wraps>{visible(one.name)}</Name>
            </b>
            <Reason error={one.error} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Reason({ error }: Pick<FailedLink, "error">) {
  const { why, next, values } = troubleOf(error, "copy", useFormats());
  return (
    <>
      <p>
        <Say id={why} values={values} /> <Say id={next} values={values} />
      </p>
      <ErrorDetails error={error} />
    </>
  );
}
