// "Can I share from here?", in place of the list: what works and what does not, step by step, for the person and for IT.
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button, IconButton } from "../../components/Button";
import { Details } from "../../components/Details";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated, placeName } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Place } from "../../ipc/bindings";
import { useCopyText } from "../../queries/share";
import styles from "./CheckScreen.module.css";
import { FindingRow } from "./FindingRow";
import { isBad, useReport } from "./report";
import type { Examination } from "./useExamination";

interface Props {
  examination: Examination;
  profileName: string;
  /** The open one. */
  place: Place | null;
  onBack: () => void;
}

export function CheckScreen({ examination, profileName, place, onBack }: Props) {
  const say = useSay();
  const { findings, error, isRunning } = examination;
  const heading = useFocusOnce();
  return (
    <section className={styles.screen} aria-labelledby="check">
      <header className={styles.header}>
        <IconButton label={say("browse.back")} onPress={onBack}>
          <ArrowLeft aria-hidden="true" />
        </IconButton>
        <h1 id="check" ref={heading} tabIndex={-1} className={styles.heading}>
          <Say id="check.heading" />
        </h1>
      </header>
      <div className={styles.content}>
        <Intro place={examination.place} writes={examination.writes} />
        <p role="status" className={styles.verdict}>
          <Verdict examination={examination} />
        </p>
        {findings.length > 0 && (
          <ol className={styles.findings} aria-busy={isRunning}>
            {findings.map((finding) => (
              <FindingRow key={finding.step} finding={finding} />
            ))}
          </ol>
        )}
        <LeftBehind findings={findings} />
        {error && <ErrorNotice error={error} task="examine" />}
        <Actions examination={examination} profileName={profileName} place={place} />
        <Writing examination={examination} place={place} />
      </div>
    </section>
  );
}

function Intro({ place, writes }: { place: Place | null; writes: boolean }) {
  const id = writes ? "check.introWrites" : "check.introPlace";
  return (
    <p className={styles.quiet}>
      {place === null ? (
        <Say id="check.intro" />
      ) : (
        <Say id={id} values={{ name: isolated(placeName(place)) }} />
      )}
    </p>
  );
}

/** What was put there and could not be deleted is not kept quiet. */
function LeftBehind({ findings }: Pick<Examination, "findings">) {
  const isLeft =
    findings.some(({ step, outcome }) => step === "write" && outcome === "fine") &&
    findings.some((finding) => finding.step === "delete" && isBad(finding));
  if (!isLeft) return null;
  return (
    <Notice tone="warn" role="note">
      <p>
        <Say id="check.left" />
      </p>
    </Notice>
  );
}

function Verdict({ examination: { findings, isRunning, isDone } }: { examination: Examination }) {
  if (isRunning) return <Say id="check.running" />;
  if (!isDone) return null;
  const count = findings.filter(isBad).length;
  return count === 0 ? <Say id="check.good" /> : <Say id="check.bad" values={{ count }} />;
}

/** Once all is known: the report for IT, and the same again. */
function Actions({ examination, profileName, place }: Omit<Props, "onBack">) {
  const say = useSay();
  const report = useReport();
  const copy = useCopyText();
  const { findings, isRunning, start } = examination;
  const isKnown = !isRunning && findings.length > 0;
  const text = report({ profile: profileName, place: examination.place, findings });
  const label = copy.isSuccess
    ? "trouble.detailsCopied"
    : copy.isError
      ? "trouble.detailsNotCopied"
      : "check.copy";
  const again = () => {
    copy.reset();
    start(place);
  };
  return (
    <>
      {isKnown && (
        <Details
          summary={say("check.details")}
          text={text}
          copyLabel={say("trouble.copyDetails")}
          onCopy={() => copy.mutate(text)}
        />
      )}
      <div className={styles.actions}>
        <Button isDisabled={isRunning} onPress={again}>
          <Say id="check.again" />
        </Button>
        <Button isDisabled={!isKnown} onPress={() => copy.mutate(text)}>
          <Say id={label} />
        </Button>
      </div>
    </>
  );
}

function Writing({ examination, place }: Pick<Props, "examination" | "place">): ReactNode {
  const { isRunning, start } = examination;
  return (
    <section className={styles.writing}>
      <Button isDisabled={isRunning || place === null} onPress={() => start(place, true)}>
        <Say id="check.writes" />
      </Button>
      <p className={styles.quiet}>
        {place === null ? (
          <Say id="check.writesNowhere" />
        ) : (
          <Say id="check.writesBody" values={{ name: isolated(placeName(place)) }} />
        )}
      </p>
    </section>
  );
}

/** The menu that led here has gone, and the focus with it. */
function useFocusOnce() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}
