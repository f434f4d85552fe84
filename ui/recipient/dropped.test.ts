import { expect, test } from "vitest";
import { dropped } from "./dropped";

const fileEntry = (name: string, isGone = false) => ({
  name,
  isFile: true,
  file: (found: (file: File) => void, failed: (why: unknown) => void) =>
    isGone ? failed(new Error("gone")) : found(new File(["x"], name)),
});

function folderEntry(name: string, inside: unknown[]) {
  let rest = inside;
  const readEntries = (found: (some: unknown[]) => void) => {
    found(rest.slice(0, 1));
    rest = rest.slice(1);
  };
  return { name, isDirectory: true, createReader: () => ({ readEntries }) };
}

const transfer = (entries: unknown[], files: File[] = []) =>
  ({
    items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })),
    files,
  }) as unknown as DataTransfer;

test("files of folders keep the folders before their names", async () => {
  const day = folderEntry("day 1", [fileEntry("a.png"), fileEntry("b.png", true)]);
  const items = await dropped(transfer([folderEntry("Trip", [day]), fileEntry("c.txt"), null]));
  expect(items.map(({ path }) => path)).toEqual(["Trip/day 1/a.png", "Trip/day 1/b.png", "c.txt"]);
  expect(items.map(({ isUnreadable }) => isUnreadable)).toEqual([undefined, true, undefined]);
});

test("files alone are taken as they are", async () => {
  const file = new File(["x"], "a.png");
  expect(await dropped(transfer([fileEntry("a.png")], [file]))).toEqual([{ file, path: "a.png" }]);
});
