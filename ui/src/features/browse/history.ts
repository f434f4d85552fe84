// Where the person is and was: a line of stops, as in a browser. Each stop remembers which entry was chosen there, so
// that going back finds it again. Pure; `usePlaceHistory` holds one.
import type { Place } from "../../ipc/bindings";
import type { EntryId } from "./entries";

export interface Stop {
  place: Place;
  chosen: EntryId | null;
}

export interface History {
  stops: readonly Stop[];
  /** The index of the present stop; -1 before the first. */
  at: number;
}

export type Move =
  | { kind: "visit"; place: Place; chosen?: EntryId | null }
  | { kind: "back" }
  | { kind: "forward" }
  | { kind: "choose"; chosen: EntryId | null };

const LONGEST = 100;

export const startAt = (place: Place | null): History =>
  place === null ? { stops: [], at: -1 } : { stops: [{ place, chosen: null }], at: 0 };

export const present = ({ stops, at }: History): Stop | null => stops[at] ?? null;
export const canGoBack = ({ at }: History) => at > 0;
export const canGoForward = ({ stops, at }: History) => at < stops.length - 1;

export const samePlace = (a: Place, b: Place) => a.bucket === b.bucket && a.prefix === b.prefix;

export function move(history: History, step: Move): History {
  switch (step.kind) {
    case "back":
      return canGoBack(history) ? { ...history, at: history.at - 1 } : history;
    case "forward":
      return canGoForward(history) ? { ...history, at: history.at + 1 } : history;
    case "choose":
      return withChosen(history, step.chosen);
    case "visit":
      return visit(history, step.place, step.chosen ?? null);
  }
}

function visit(history: History, place: Place, chosen: EntryId | null): History {
  const here = present(history);
  if (here !== null && samePlace(here.place, place)) return withChosen(history, chosen);
  const stops = [...history.stops.slice(0, history.at + 1), { place, chosen }].slice(-LONGEST);
  return { stops, at: stops.length - 1 };
}

function withChosen(history: History, chosen: EntryId | null): History {
  const here = present(history);
  if (here === null || here.chosen === chosen) return history;
  return { ...history, stops: history.stops.with(history.at, { ...here, chosen }) };
}

/** The folder above, or null at the top of a bucket. */
export function above({ bucket, prefix }: Place): Place | null {
  if (prefix === "") return null;
  const cut = prefix.slice(0, -1).lastIndexOf("/");
  return { bucket, prefix: prefix.slice(0, cut + 1) };
}

/** The way from the bucket down to the place, each step a place of its own. */
export function path({ bucket, prefix }: Place): Place[] {
  const steps: Place[] = [{ bucket, prefix: "" }];
  for (let at = prefix.indexOf("/"); at !== -1; at = prefix.indexOf("/", at + 1)) {
    steps.push({ bucket, prefix: prefix.slice(0, at + 1) });
  }
  return steps;
}
