// What came of "Copy link": copied and tested, copied only, made but not copied, or not made. The region is always
// there, so that its change is announced while the focus stays on the button.
import { CircleCheck, CircleHelp, ClipboardX } from "lucide-react";
import type { ReactNode } from "react";
import { TakeAway } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { useFormats } from "../../i18n/format";
import { isolated } from "../../i18n/names";
import { type MessageId, Say, useSay } from "../../i18n/say";
import type { Checked, Link } from "../../ipc/bindings";
import { FailedLink } from "./FailedLink";
import styles from "./LinkPanel.module.css";
import type { Outcome, Sharing } from "./useSharing";

export function LinkOutcome({ sharing, isPractice }: { sharing: Sharing; isPractice: boolean }) {
  const { outcome } = sharing;
  return (
    <>
      <div role="status" className={styles.outcome}>
        {outcome?.kind === "comingBack" && (
          <Notice tone="good" icon={<CircleCheck aria-hidden="true" />}>
            <p>
              <Say id="link.broughtBack" />
            </p>
          </Notice>
        )}
        {outcome?.kind === "made" && (
          <>
            <Made link={outcome.link} isPractice={isPractice} />
            <Remarks outcome={outcome} />
          </>
        )}
      </div>
      {outcome?.kind === "failed" && <FailedLink error={outcome.error} sharing={sharing} />}
    </>
  );
}

/** What came out otherwise than the person may think. */
function Remarks({ outcome }: { outcome: Extract<Outcome, { kind: "made" }> }) {
  const { link, wasInline, wasPinned, isCopy, isOlder } = outcome;
  const remarks: ReactNode[] = [];
  if (isCopy) remarks.push(<Say id="link.asCopy" values={{ name: isolated(link.name) }} />);
  if (wasPinned) remarks.push(<Say id={link.versionId ? "link.pinnedDone" : "link.pinnedNot"} />);
  if (wasInline && link.disposition === "attachment") remarks.push(<Say id="link.downloads" />);
  if (isOlder) remarks.push(<Say id="link.changedSince" />);
  return remarks.map((remark, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are made anew each time, in a fixed order
    <p key={at} className={styles.sub}>
      {remark}
    </p>
  ));
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
