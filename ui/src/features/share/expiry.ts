// How long a link shall work, as it is chosen in the panel. Kept for the session, for links and for drops alike.
import type { Connection, Expiry } from "../../ipc/bindings";

export type Preset = "hour" | "day" | "threeDays" | "week";

export interface ExpiryChoice {
  mode: Preset | "other";
  /** The moment of "other", in seconds; kept while a preset is chosen, so that it is found again. */
  until: number | null;
  /** "Other" as a time from the click on, for as long as nobody has chosen a moment; IT sets it. */
  seconds: number | null;
}

const DAY = 86_400;
const WEEK = 7 * DAY;

export const presets = ["hour", "day", "threeDays", "week"] as const satisfies Preset[];

export const SECONDS: Record<Preset, number> = {
  hour: 3_600,
  day: DAY,
  threeDays: 3 * DAY,
  week: WEEK,
};

type Allowed = Pick<Connection, "limits" | "usualSeconds">;

/** The longest that a link may work; no link works longer than a week. */
export const longestOf = ({ limits }: Pick<Connection, "limits">): number =>
  Math.min(WEEK, limits.longestSeconds ?? WEEK);

/** What IT usually wants, or three days; never more than IT allows. */
export function usualExpiry(connection: Allowed): ExpiryChoice {
  const longest = longestOf(connection);
  const usual = Math.min(connection.usualSeconds ?? SECONDS.threeDays, longest);
  const mode = presets.find((preset) => SECONDS[preset] === usual) ?? "other";
  return { mode, until: null, seconds: mode === "other" ? usual : null };
}

export function toExpiry({ mode, until, seconds }: ExpiryChoice): Expiry {
  if (mode !== "other") return { kind: "for", seconds: SECONDS[mode] };
  return until === null ? { kind: "for", seconds: seconds ?? DAY } : { kind: "until", at: until };
}

/** Choosing "other" starts from tomorrow at the same time, or sooner where no longer link is allowed. */
export function chooseMode(
  choice: ExpiryChoice,
  mode: string,
  now: number,
  longest: number,
): ExpiryChoice {
  if (mode !== "other") return { ...choice, mode: mode as Preset };
  const isPast = choice.until === null || choice.until * 1000 <= now;
  if (!isPast || choice.seconds !== null) return { ...choice, mode };
  const latest = Math.floor(now / 60_000) * 60 + longest;
  return { ...choice, mode, until: Math.min(tomorrow(now), latest) };
}

function tomorrow(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  day.setSeconds(0, 0);
  return day.getTime() / 1000;
}
