// "The link works for": the choice, the moment of "other", and the real end below it.
import { fromAbsolute, getLocalTimeZone } from "@internationalized/date";
import { DateTime } from "../../components/DateTime";
import { Segments } from "../../components/Segments";
import { useSay } from "../../i18n/say";
import type { Connection, Expiry } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import { EndLine } from "./EndLine";
import { chooseMode, type ExpiryChoice, LONGEST } from "./expiry";
import styles from "./LinkPanel.module.css";

interface Props {
  connection: Connection;
  choice: ExpiryChoice;
  expiry: Expiry;
  onChange: (choice: ExpiryChoice) => void;
  onSignedInAgain: () => void;
}

const MODES = ["hour", "day", "threeDays", "week", "other"] as const;

export function ExpiryField({ connection, choice, expiry, onChange, onSignedInAgain }: Props) {
  const say = useSay();
  const clock = useClock();
  return (
    <div className={styles.field}>
      <Segments
        label={say("link.worksFor")}
        value={choice.mode}
        choices={MODES.map((mode) => ({ value: mode, label: say(`link.${mode}`) }))}
        onChange={(mode) => onChange(chooseMode(choice, mode, clock()))}
      />
      {choice.mode === "other" && choice.until !== null && (
        <OtherEnd
          until={choice.until}
          now={clock()}
          onChange={(until) => onChange({ mode: "other", until })}
        />
      )}
      <EndLine profile={connection.profile.id} expiry={expiry} onSignedInAgain={onSignedInAgain} />
    </div>
  );
}

interface OtherProps {
  until: number;
  now: number;
  onChange: (until: number) => void;
}

function OtherEnd({ until, now, onChange }: OtherProps) {
  const say = useSay();
  const zone = getLocalTimeZone();
  return (
    <DateTime
      label={say("link.otherLabel")}
      hint={say("link.otherHint")}
      error={until * 1000 <= now ? say("link.otherPast") : null}
      openLabel={say("link.openCalendar")}
      value={fromAbsolute(until * 1000, zone)}
      min={fromAbsolute(now, zone)}
      max={fromAbsolute(now + LONGEST * 1000, zone)}
      onChange={(value) => onChange(Math.floor(value.toDate().getTime() / 1000))}
    />
  );
}
