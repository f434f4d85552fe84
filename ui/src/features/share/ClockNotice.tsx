// This computer's clock is off: links are right all the same, and the person may want to know.
import { Clock } from "lucide-react";
import { Notice } from "../../components/Notice";
import { useFormats } from "../../i18n/format";
import { Say } from "../../i18n/say";

const WORTH_SAYING_SECONDS = 60;

/** `offsetSeconds` is how far the right time is ahead of this computer's. */
export function ClockNotice({ offsetSeconds }: { offsetSeconds: number }) {
  const formats = useFormats();
  if (Math.abs(offsetSeconds) < WORTH_SAYING_SECONDS) return null;
  const amount = formats.amount(Math.abs(offsetSeconds));
  return (
    <Notice tone="plain" role="note" icon={<Clock aria-hidden="true" />}>
      <p>
        <Say id="link.clock" values={{ amount, ahead: String(offsetSeconds < 0) }} />
      </p>
    </Notice>
  );
}
