// "The link works for": the choice, the moment of "other", and the real end below it.
import { fromAbsolute, getLocalTimeZone } from "@internationalized/date";
import type { ReactNode } from "react";
import { DateTime } from "../../components/DateTime";
import { Segments } from "../../components/Segments";
import { useFormats } from "../../i18n/format";
import { useSay } from "../../i18n/say";
import type { Connection, Expiry } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import { EndLine } from "./EndLine";
import { chooseMode, type ExpiryChoice, longestOf, presets, SECONDS } from "./expiry";
import styles from "./LinkPanel.module.css";

interface Props {
  connection: Connection;
  choice: ExpiryChoice;
  expiry: Expiry;
  onChange: (choice: ExpiryChoice) => void;
  /** What signs in again. */
  again: ReactNode;
}

const MODES = [...presets, "other"] as const;

export function ExpiryField({ connection, choice, expiry, onChange, again }: Props) {
  const say = useSay();
  const formats = useFormats();
  const longest = longestOf(connection);
  const isTooLong = (mode: string) =>
    mode !== "other" && SECONDS[mode as keyof typeof SECONDS] > longest;
  const isLimited = MODES.some(isTooLong);
  const clock = useClock();
  return (
    <div className={styles.field}>
      <Segments
        label={say("link.worksFor")}
        value={choice.mode}
        choices={MODES.map((mode) => ({
          value: mode,
          label: say(`link.${mode}`),
          isDisabled: isTooLong(mode),
        }))}
        hint={
          isLimited && choice.mode !== "other"
            ? say("limits.choices", { amount: formats.span(longest) })
            : undefined
        }
        onChange={(mode) => onChange(chooseMode(choice, mode, clock(), longest))}
      />
      {choice.mode === "other" && (
        <OtherEnd
          until={choice.until ?? inSeconds(clock(), choice.seconds ?? longest)}
          now={clock()}
          longest={longest}
          onChange={(until) => onChange({ ...choice, mode: "other", until, seconds: null })}
        />
      )}
      <EndLine profile={connection.profile.id} expiry={expiry} again={again} />
    </div>
  );
}

/** On the minute, as it is shown. */
const inSeconds = (now: number, seconds: number) => Math.floor(now / 60_000) * 60 + seconds;

interface OtherProps {
  until: number;
  /** In seconds. */
  longest: number;
  now: number;
  onChange: (until: number) => void;
}

function OtherEnd({ until, now, longest, onChange }: OtherProps) {
  const say = useSay();
  const formats = useFormats();
  const zone = getLocalTimeZone();
  return (
    <DateTime
      label={say("link.otherLabel")}
      hint={say("link.otherHint", { amount: formats.span(longest) })}
      error={until * 1000 <= now ? say("link.otherPast") : null}
      openLabel={say("link.openCalendar")}
      value={fromAbsolute(until * 1000, zone)}
      min={fromAbsolute(now, zone)}
      max={fromAbsolute(now + longest * 1000, zone)}
      onChange={(value) => onChange(Math.floor(value.toDate().getTime() / 1000))}
    />
  );
}
