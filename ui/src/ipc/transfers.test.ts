import { expect, test } from "vitest";
import { fakeFor, transferOf } from "../testing/world";
import type { Transfer, TransferEvent } from "./bindings";
import { watchTransfers } from "./transfers";

function watched() {
  let tell: (event: TransferEvent) => void = () => undefined;
  const backend = {
    ...fakeFor(),
    watchTransfers: async (onEvent: typeof tell) => {
      tell = onEvent;
    },
  };
  const transfers = watchTransfers(backend);
  const ended: Transfer["state"][] = [];
  transfers.onEnded(({ state }) => ended.push(state));
  const change = (state: Transfer["state"]) =>
    tell({ kind: "changed", transfer: transferOf(1, { state }) });
  const snapshot = (...known: Transfer[]) => tell({ kind: "snapshot", transfers: known });
  return { transfers, ended, change, snapshot };
}

test("an ending is told once, and again after the transfer was tried again", () => {
  const { ended, change } = watched();
  for (const state of ["uploading", "failed", "failed", "uploading", "finished"] as const)
    change(state);
  expect(ended).toEqual(["failed", "finished"]);
});

test("waiting and being paused are no endings", () => {
  const { ended, change } = watched();
  for (const state of ["uploading", "waiting", "paused", "uploading"] as const) change(state);
  expect(ended).toEqual([]);
});

test("a snapshot replaces all, and tells no ending of before or twice", () => {
  const { transfers, ended, change, snapshot } = watched();
  snapshot(transferOf(2, { state: "finished" }));
  change("finished");
  snapshot(transferOf(1, { state: "finished" }));
  expect(transfers.current().map(({ id }) => id)).toEqual([1]);
  expect(ended).toEqual(["finished"]);
});

test("an ending that only a snapshot brings is told", () => {
  const { ended, change, snapshot } = watched();
  change("uploading");
  snapshot(transferOf(1, { state: "failed" }));
  expect(ended).toEqual(["failed"]);
});
