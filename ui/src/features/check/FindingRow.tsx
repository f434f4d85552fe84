// One step of the check: its sign and its sentence, why it did not work and what would help, and the technical rest
// folded away.
import { CircleCheck, CircleMinus, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import { Details } from "../../components/Details";
import { ErrorDetails } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { AppError, Finding } from "../../ipc/bindings";
import { useCopyText } from "../../queries/share";
import styles from "./CheckScreen.module.css";
import { isBad, titleOf } from "./report";

const SIGNS: Record<Finding["outcome"], LucideIcon> = {
  fine: CircleCheck,
  refused: CircleX,
  failed: TriangleAlert,
  skipped: CircleMinus,
};

export function FindingRow({ finding }: { finding: Finding }) {
  const say = useSay();
  const { outcome, fact, error, statement } = finding;
  const Sign = SIGNS[outcome];
  return (
    <li className={styles.finding} data-outcome={outcome}>
      <Sign aria-hidden="true" className={styles.sign} />
      <div className={styles.found}>
        <p className={styles.sentence}>
          <b>
            <Say id={titleOf(finding)} />
          </b>
          <span className={styles.outcome}>
            <Say id={`check.sign.${outcome}`} />
          </span>
        </p>
        {error && <Why error={error} />}
        {error && <ErrorDetails error={error} />}
        {isBad(finding) && !error && fact !== null && (
          <Technical summary={say("trouble.details")} text={fact} />
        )}
        {statement !== null && <Technical summary={say("check.statement")} text={statement} />}
      </div>
    </li>
  );
}

function Why({ error }: { error: AppError }) {
  const { why, next, values } = troubleOf(error, "examine", useFormats());
  return (
    <p className={styles.why}>
      <Say id={why} values={values} /> <Say id={next} values={values} />
    </p>
  );
}

function Technical({ summary, text }: { summary: string; text: string }) {
  const say = useSay();
  const copy = useCopyText();
  const label = copy.isSuccess
    ? "trouble.detailsCopied"
    : copy.isError
      ? "trouble.detailsNotCopied"
      : "check.copyStatement";
  return (
    <Details
      summary={summary}
      text={text}
      copyLabel={say(label)}
      onCopy={() => copy.mutate(text)}
    />
  );
}
