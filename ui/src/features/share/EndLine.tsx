// The real end of a link that would be made now, and what sets it when it is not the chosen one.
import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { Say } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Expiry, LimitedBy, LinkEnd } from "../../ipc/bindings";
import { useBackend, useClock } from "../../ipc/context";
import { linkEndQuery } from "../../queries/share";
import { ClockNotice } from "./ClockNotice";
import styles from "./LinkPanel.module.css";

interface Props {
  profile: ProfileId;
  expiry: Expiry;
  /** What signs in again. */
  again: ReactNode;
}

export function EndLine({ profile, expiry, again }: Props) {
  const formats = useFormats();
  const end = useQuery(linkEndQuery(useBackend(), profile, expiry));
  if (end.error?.code === "expiryPast") return null;
  if (end.error) return <ErrorNotice error={end.error} task="copy" />;
  if (!end.data)
    return (
      <p className={styles.sub}>
        <Say id="link.untilUnknown" />
      </p>
    );
  const moment = formats.moment(end.data.expiresAt);
  return (
    <>
      <p className={styles.sub}>
        <Say id="link.until" values={{ moment }} />
      </p>
      <Limit end={end.data} again={again} />
      <ClockNotice offsetSeconds={end.data.clockOffsetSeconds} />
    </>
  );
}

const LIMITS = {
  credentials: "link.limit.credentials",
  policy: "link.limit.policy",
  maximum: "link.limit.maximum",
} as const satisfies Record<Exclude<LimitedBy, "chosen">, string>;

function Limit({ end, again }: { end: LinkEnd; again: ReactNode }) {
  const formats = useFormats();
  const now = useClock()();
  if (end.limitedBy === "chosen")
    return end.certain ? null : (
      <Notice tone="warn" role="note">
        <p>
          <Say id="link.uncertain" />
        </p>
      </Notice>
    );
  return (
    <Notice tone="warn" role="note" actions={end.limitedBy === "credentials" ? again : undefined}>
      <p>
        <TriangleAlert aria-hidden="true" className={styles.warnIcon} />
        <Say id={LIMITS[end.limitedBy]} values={{ when: formats.when(end.expiresAt, now) }} />
      </p>
    </Notice>
  );
}
