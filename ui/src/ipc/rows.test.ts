import { expect, test } from "vitest";
import type { FolderRow, FolderRows, Selection } from "./bindings";
import { keepRows, refOf } from "./rows";

const rowAt = (at: number, change: Partial<FolderRow> = {}): FolderRow => ({
  entry: {
    ...{ kind: "object", key: `k${at}`, name: `k${at}`, size: at },
    ...{ modifiedAt: null, storageClass: null },
  },
  isSelected: false,
  ...change,
});

const chosen = (revision: number): Selection => ({ revision, files: 0, folders: 0, bytes: 0 });

/** Answers when it is told to. */
function slowly() {
  const asked: { from: number; answer: (change?: Partial<FolderRows>) => Promise<void> }[] = [];
  const fetch = (from: number, count: number) =>
    new Promise<FolderRows>((resolve) => {
      const rows = Array.from({ length: count }, (_, at) => rowAt(from + at));
      const answer = async (change: Partial<FolderRows> = {}) => {
        resolve({ generation: 1, revision: 0, from, rows, ...change });
        // Whoever waits for it goes on within these turns.
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      };
      asked.push({ from, answer });
    });
  const rows = keepRows(fetch, () => undefined);
  return { asked, rows, froms: () => asked.map(({ from }) => from) };
}

const stands = { generation: 1, shown: 10_000, selection: chosen(0) };

test("each window is asked for once, those that are seen first, some ahead", () => {
  const { rows, froms } = slowly();
  rows.heed(stands);
  rows.want(0, 20);
  rows.want(4, 24);
  rows.want(8, 28);
  expect(froms()).toEqual([0, 200, 400]);
});

test("what is no longer looked at is not asked for any more", async () => {
  const { rows, asked, froms } = slowly();
  rows.heed(stands);
  rows.want(0, 20);
  for (const from of [1_000, 3_000, 5_000]) rows.want(from, from + 20);
  expect(froms()).toEqual([0, 200, 400, 1_000]);
  await asked[0]?.answer();
  await asked[1]?.answer();
  expect(froms()).toEqual([0, 200, 400, 1_000, 5_000, 5_200]);
});

test("rows of before stay until newer ones are there", async () => {
  const { rows, asked } = slowly();
  rows.heed({ ...stands, shown: 100 });
  rows.want(0, 20);
  await asked[0]?.answer();
  const first = rows.at(0);
  expect(first).toEqual(rowAt(0));
  rows.heed({ ...stands, shown: 100, generation: 2 });
  expect(rows.at(0)).toBe(first);
  await asked[1]?.answer({ generation: 2, rows: [rowAt(7), rowAt(1)] });
  expect(rows.at(0)).toEqual(rowAt(7));
  expect(asked).toHaveLength(2);
});

test("an act is shown at once, and an answer from before it does not take it back", async () => {
  const { rows, asked } = slowly();
  rows.heed({ ...stands, shown: 100 });
  rows.want(0, 20);
  await asked[0]?.answer();
  rows.heed({ ...stands, shown: 100, selection: chosen(1) });
  const settle = rows.foresee({ act: "only", row: refOf(rowAt(3)) });
  expect(rows.at(3)?.isSelected).toBe(true);
  await asked[1]?.answer({ revision: 1 });
  expect(rows.at(3)?.isSelected).toBe(true);
  settle(2);
  await asked[2]?.answer({ revision: 2, rows: [rowAt(0, { isSelected: true })] });
  expect(rows.at(0)?.isSelected).toBe(true);
});

test("a row of before is shown, and is not taken for the one that stands there now", async () => {
  const { rows, asked } = slowly();
  rows.heed({ ...stands, shown: 100 });
  rows.want(0, 20);
  await asked[0]?.answer();
  expect(rows.current(3)).toEqual(rowAt(3));
  rows.heed({ ...stands, shown: 100, generation: 2 });
  expect(rows.at(3)).toEqual(rowAt(3));
  expect(rows.current(3)).toBeUndefined();
});

test("what was foreseen of an act that failed is put right", async () => {
  const { rows, asked } = slowly();
  rows.heed({ ...stands, shown: 100 });
  rows.want(0, 20);
  await asked[0]?.answer();
  const settle = rows.foresee({ act: "all" });
  expect(rows.at(3)?.isSelected).toBe(true);
  settle(null);
  await asked[1]?.answer();
  expect(rows.at(3)?.isSelected).toBe(false);
});
