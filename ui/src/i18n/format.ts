// Sizes, dates and durations in the person's own locale. `now` is an argument, in milliseconds; times on the wire are
// seconds.
import { useMemo } from "react";
import { useIntl } from "react-intl";
import { type MessageId, useSay, type Values } from "./say";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte", "petabyte"] as const;
const STEP = 1000;

const MINUTE = ["minute", 60] as const;
const SPANS = [["day", 86_400], ["hour", 3_600], MINUTE] as const;
const AMOUNTS = [["year", 31_557_600], ["day", 86_400], ["hour", 3_600], MINUTE] as const;

type Say = (id: MessageId, values?: Values) => string;
export type Formats = ReturnType<typeof formats>;

export function formats(locale: string, say: Say) {
  const make = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, options);
    return (at: number) => format.format(at * 1000);
  };
  const time = make({ hour: "2-digit", minute: "2-digit" });
  const longDay = make({ weekday: "long", day: "numeric", month: "long" });
  const weekday = make({ weekday: "long" });
  const shortDay = make({ day: "numeric", month: "short" });
  const shortDayAndYear = make({ day: "numeric", month: "short", year: "numeric" });
  const fullDay = make({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });

  /** "Thursday 26 November, 17:20": the way every end of a link is told. */
  const moment = (at: number) => say("time.moment", { day: longDay(at), time: time(at) });

  return {
    time,
    moment,
    fullMoment: (at: number) => say("time.moment", { day: fullDay(at), time: time(at) }),
    percent: (share: number) => percent.format(share),
    size: (bytes: number) => size(locale, bytes),
    ...durations(locale),
    /** "today at 21:04", "on Thursday 26 November, 17:20" */
    when(at: number, now: number): string {
      const days = daysApart(at, now);
      if (days === 0) return say("time.today", { time: time(at) });
      if (days === 1) return say("time.tomorrow", { time: time(at) });
      return say("time.on", { moment: moment(at) });
    },
    /** "21:04", or "Thursday, 21:04" on another day. */
    brief: (at: number, now: number) =>
      daysApart(at, now) === 0
        ? time(at)
        : say("time.moment", { day: weekday(at), time: time(at) }),
    /** "today, 09:12", "yesterday", "19 Nov", "19 Nov 2024" */
    changed(at: number, now: number): string {
      const days = daysApart(at, now);
      if (days === 0) return say("changed.today", { time: time(at) });
      if (days === -1) return say("changed.yesterday");
      return sameYear(at, now) ? shortDay(at) : shortDayAndYear(at);
    },
    /** The same within a sentence: "today at 09:12", "yesterday", "on 19 Nov" */
    changedAt(at: number, now: number): string {
      const days = daysApart(at, now);
      if (days === 0) return say("time.today", { time: time(at) });
      if (days === -1) return say("changed.yesterday");
      return say("time.on", {
        moment: sameYear(at, now) ? shortDay(at) : shortDayAndYear(at),
      });
    },
    remaining(seconds: number): string {
      if (seconds < 60) return say("left.seconds", { seconds: Math.max(1, Math.round(seconds)) });
      if (seconds < 3600) return say("left.minutes", { minutes: Math.round(seconds / 60) });
      return say("left.hours", { hours: Math.round(seconds / 3600) });
    },
  };
}

function durations(locale: string) {
  const format = (amount: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(
      Math.max(1, amount),
    );
  return {
    /** "14 minutes", "3 days": the largest unit that says enough. */
    amount(seconds: number): string {
      const [unit, length] = AMOUNTS.find(([, least]) => seconds >= 2 * least) ?? MINUTE;
      return format(Math.round(seconds / length), unit);
    },
    /** "1 hour", "30 minutes", "3 days": in the largest unit that divides it, as limits are set. */
    span(seconds: number): string {
      const divides = ([, length]: readonly [string, number]) => seconds % length === 0;
      const [unit, length] = SPANS.find(divides) ?? MINUTE;
      return format(Math.floor(seconds / length), unit);
    },
  };
}

export function size(locale: string, bytes: number): string {
  let amount = bytes;
  let step = 0;
  // 999.5 would be shown as "1,000": it belongs to the next unit.
  while (amount >= STEP - 0.5 && step < UNITS.length - 1) {
    amount /= STEP;
    step += 1;
  }
  const digits = step < 2 || amount >= 99.95 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits: digits,
  }).format(amount);
}

function daysApart(at: number, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(at * 1000) - midnight(now)) / 86_400_000);
}

const sameYear = (at: number, now: number) =>
  new Date(at * 1000).getFullYear() === new Date(now).getFullYear();

export function useFormats(): Formats {
  const { locale } = useIntl();
  const say = useSay();
  return useMemo(() => formats(locale, say), [locale, say]);
}
