// Every sentence of the page, in one place. Numbers and dates follow the visitor's own locale.
const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

export const locale = () => new Intl.DateTimeFormat().resolvedOptions().locale;

export function size(bytes: number, locale?: string): string {
  let amount = bytes;
  let unit = 0;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: unit < 2 || amount >= 99.95 ? 0 : 1,
  }).format(amount);
}

export function moment(seconds: number, locale?: string): string {
  const at = new Date(seconds * 1000);
  const day = { weekday: "long", day: "numeric", month: "long" } as const;
  return new Intl.DateTimeFormat(locale, { ...day, hour: "numeric", minute: "2-digit" }).format(at);
}

/** Never "100%" before the bucket has said that it arrived. */
export const percent = (share: number) =>
  new Intl.NumberFormat(undefined, { style: "percent" }).format(Math.min(share, 0.99));

export type Fault =
  | "tooLarge"
  | "ended"
  | "network"
  | "busy"
  | "refused"
  | "stopped"
  | "unreadable";

const files = (count: number) => (count === 1 ? "1 file" : `${count} files`);

export const words = {
  asked: "You are asked for files",
  invitation: "Drop files here",
  or: "or",
  choose: "Choose files",
  dropNow: "Let go to send them",
  what: "They go straight to the folder of the person who asked. You cannot see what is in it, and nobody else who has this link sees your files.",
  until: "Until ",
  largest: (largest: string) => `. Files of up to ${largest} each.`,
  ended: "This request has ended",
  endedBody: "Files cannot be sent here any more. Ask whoever gave you the link for a new one.",
  cut: "This page is not complete",
  cutBody: "Load it again. If that does not help, ask whoever gave you the link for a new one.",
  waiting: "Waiting",
  sending: (percent: string) => `${percent} sent`,
  pausing: "It broke off. It is tried again in a moment.",
  arrived: "Arrived",
  cancel: "Cancel",
  again: "Try again",
  of: (name: string, act: string) => `${act}: ${name}`,
  progress: (name: string) => `Sending ${name}`,
  overall: "All files",
  allArrived: (count: number) => `${words.someArrived(count)} You can close this page.`,
  someArrived: (count: number) => `${files(count)} ${count === 1 ? "has" : "have"} arrived.`,
  underWay: (done: number, all: number) => `${done} of ${all} arrived. Keep this page open.`,
  someFailed: (count: number) => `${files(count)} ${count === 1 ? "was" : "were"} not sent.`,
  fault: (fault: Fault, largest: string): string => FAULTS[fault].replace("{largest}", largest),
};

const FAULTS: Record<Fault, string> = {
  tooLarge: "Not sent: it is larger than {largest}.",
  ended: "Not sent: this request has ended. Ask for a new link.",
  network: "Not sent: the network broke off. Check it, then try again.",
  busy: "Not sent: the other side is too busy. Try again in a minute.",
  refused: "Not sent: the other side refused it. Ask whoever gave you the link.",
  stopped: "Stopped.",
  unreadable:
    "Not sent: this computer could not read it. Was it moved or changed? Choose it again.",
};
