import { expect, test } from "vitest";
import { keyFor, random } from "./key";

const bytes = (text: string) => new TextEncoder().encode(text).length;

test.each([
  ["Ünï 新 🎉.tar.gz", "in/Ünï 新 🎉.tar mark.gz"],
  ["U\u0308bersicht.pdf", "in/Übersicht mark.pdf"],
  ["Trip/day 1/a.png", "in/Trip/day 1/a mark.png"],
  ["../../..", "in/_/_/_ mark"],
  ["./a//b.txt", "in/_/a/b mark.txt"],
  [".env", "in/.env mark"],
  ["a\\b\u0000\n.txt", "in/ab mark.txt"],
  ["\u0000", "in/file mark"],
])("%j arrives as %j", (path, key) => {
  expect(keyFor("in/", path, "mark")).toBe(key);
});

test.each([
  [`${"ü".repeat(2_000)}.pdf`, /^in\/ü+ mark\.pdf$/],
  [`a.${"b".repeat(2_000)}`, /^in\/a\.b+ mark$/],
  [`${"deep/".repeat(500)}a.pdf`, /^in\/(deep\/)+a mark\.pdf$/],
  [`${"🎉".repeat(900)}.jpg`, /^in\/(🎉)+ mark\.jpg$/u],
])("a long name keeps its ending and its mark", (path, shape) => {
  const key = keyFor("in/", path, "mark");
  expect(bytes(key)).toBeLessThanOrEqual(1_024);
  expect(key).toMatch(shape);
});

test("the mark is eight characters that nobody misreads", () => {
  expect(random()).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/);
  expect(random()).not.toBe(random());
});
