// How long a link shall work, as it is chosen in the panel. Kept for the session, for links and for drops alike.
import type { Expiry } from "../../ipc/bindings";

export type Preset = "hour" | "day" | "threeDays" | "week";

export interface ExpiryChoice {
  mode: Preset | "other";
  /** The moment of "other", in seconds; kept while a preset is chosen, so that it is found again. */
  until: number | null;
}

const DAY = 86_400;
export const LONGEST = 7 * DAY;

const SECONDS: Record<Preset, number> = {
  hour: 3_600,
  day: DAY,
  threeDays: 3 * DAY,
  week: LONGEST,
};

export const usualExpiry: ExpiryChoice = { mode: "threeDays", until: null };

export function toExpiry({ mode, until }: ExpiryChoice): Expiry {
  if (mode !== "other") return { kind: "for", seconds: SECONDS[mode] };
  return until === null ? { kind: "for", seconds: DAY } : { kind: "until", at: until };
}

/** Choosing "other" starts from tomorrow at the same time; `now` in milliseconds. */
export function chooseMode(choice: ExpiryChoice, mode: string, now: number): ExpiryChoice {
  if (mode !== "other") return { ...choice, mode: mode as Preset };
  const isPast = choice.until === null || choice.until * 1000 <= now;
  return { mode, until: isPast ? tomorrow(now) : choice.until };
}

function tomorrow(now: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + 1);
  day.setSeconds(0, 0);
  return day.getTime() / 1000;
}
