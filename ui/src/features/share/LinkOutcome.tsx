// What came of "Copy link": copied and tested, copied only, made but not copied, or not made. The region is always
// there, so that its change is announced while the focus stays on the button.
import { CircleCheck, CircleHelp, ClipboardX } from "lucide-react";
import { TakeAway } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { type MessageId, Say, useSay } from "../../i18n/say";
import type { Checked, Link } from "../../ipc/bindings";
import styles from "./LinkPanel.module.css";
import type { Outcome } from "./useSharing";

export function LinkOutcome({ outcome, isPractice }: { outcome: Outcome; isPractice: boolean }) {
  return (
    <>
      <div role="status" className={styles.outcome}>
        {outcome?.kind === "made" && (
          <>
            <Made link={outcome.link} isPractice={isPractice} />
            {outcome.isOlder && (
              <p className={styles.sub}>
                <Say id="link.changedSince" />
              </p>
            )}
          </>
        )}
      </div>
      {outcome?.kind === "failed" && <ErrorNotice error={outcome.error} task="copy" />}
    </>
  );
}

const UNTESTED: Record<Exclude<Checked, "opens">, MessageId> = {
  offline: "link.untested.offline",
  timedOut: "link.untested.timedOut",
  serverBusy: "link.untested.serverBusy",
  skipped: "link.untested.skipped",
};

function Made({ link, isPractice }: { link: Link; isPractice: boolean }) {
  const moment = useFormats().moment(link.end.expiresAt);
  if (!link.copied) return <ByHand link={link} moment={moment} />;
  if (link.checked !== "opens")
    return (
      <Notice
        tone="plain"
        icon={<CircleHelp aria-hidden="true" />}
        title={<Say id="link.untested" />}
      >
        <p>
          <Say id={UNTESTED[link.checked]} values={{ moment }} />
        </p>
      </Notice>
    );
  return (
    <Notice tone="good" icon={<CircleCheck aria-hidden="true" />} title={<Say id="link.done" />}>
      <p>
        <Say id={isPractice ? "link.donePractice" : "link.doneBody"} values={{ moment }} />
      </p>
    </Notice>
  );
}

function ByHand({ link, moment }: { link: Link; moment: string }) {
  const say = useSay();
  return (
    <Notice tone="warn" icon={<ClipboardX aria-hidden="true" />} title={<Say id="link.byHand" />}>
      <p>
        <Say id="link.byHandWhy" /> <Say id="link.byHandNext" values={{ moment }} />
      </p>
      <TakeAway label={say("link.byHandLabel")} value={link.url} />
    </Notice>
  );
}
