import { expect, test } from "vitest";
import { fileId } from "./entries";
import { above, canGoForward, type History, move, path, present, startAt } from "./history";

const place = (prefix: string) => ({ bucket: "b", prefix });
const visit = (history: History, prefix: string) =>
  move(history, { kind: "visit", place: place(prefix) });

test("going back and visiting elsewhere drops what was ahead", () => {
  let history = visit(visit(startAt(place("")), "a/"), "a/b/");
  history = move(move(history, { kind: "back" }), { kind: "back" });
  expect(present(history)?.place.prefix).toBe("");
  expect(canGoForward(history)).toBe(true);
  history = visit(history, "c/");
  expect(canGoForward(history)).toBe(false);
  expect(history.stops.map((stop) => stop.place.prefix)).toEqual(["", "c/"]);
});

test("each stop keeps what was chosen there", () => {
  let history = startAt(place(""));
  history = move(history, { kind: "choose", chosen: fileId("x") });
  history = move(visit(history, "a/"), { kind: "back" });
  expect(present(history)?.chosen).toBe(fileId("x"));
});

test("the ends of the line hold, and the same place is no new stop", () => {
  const start = startAt(place("a/"));
  expect(move(start, { kind: "back" })).toBe(start);
  expect(move(start, { kind: "forward" })).toBe(start);
  expect(visit(start, "a/").stops).toHaveLength(1);
  expect(present(startAt(null))).toBeNull();
});

test("above and path keep odd folders apart", () => {
  expect(above(place(""))).toBeNull();
  expect(above(place("a/"))?.prefix).toBe("");
  expect(above(place("a//"))?.prefix).toBe("a/");
  expect(path(place("a//b/")).map(({ prefix }) => prefix)).toEqual(["", "a/", "a//", "a//b/"]);
});
