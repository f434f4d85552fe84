// A visit to the page, with a bucket that answers as the test says.
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, vi } from "vitest";
import type { Facts } from "../facts";

export const facts: Facts = {
  title: "Photos for <b>Kim</b>",
  action: "http://bucket.test/",
  prefix: "in/Photos k3f9x2ab/",
  maxBytes: 1_000,
  expiresAt: 4_000_000_000,
  fields: [
    ["key", `in/Photos k3f9x2ab/${"$"}{filename}`],
    ["Content-Type", "application/octet-stream"],
    ["policy", "cG9saWN5"],
    ["x-amz-signature", "ab"],
  ],
};

/** `broken` is the network's, `silent` never comes. */
export type Answer = number | "broken" | "silent" | [status: number, body: string];

export const bucket = {
  /** To one upload after the other; the last holds. */
  answers: [] as Answer[],
  posted: [] as FormData[],
  /** What its clock says when asked, in unix seconds; nothing when it cannot be reached. */
  time: null as number | null,
};

const OF_PAGE = ["beforeunload", "dragover", "dragleave", "drop"];

class FakeRequest {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = "";
  open() {}
  abort() {
    this.onabort?.();
  }
  send(body: FormData) {
    const { answers, posted } = bucket;
    posted.push(body);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    queueMicrotask(() => {
      this.upload.onprogress?.({ loaded: 1, total: 2 });
      if (answer === undefined || answer === "silent") return;
      if (answer === "broken") return this.onerror?.();
      [this.status, this.responseText] = typeof answer === "number" ? [answer, ""] : answer;
      this.onload?.();
    });
  }
}

beforeEach(() => {
  Object.assign(bucket, { answers: [201], posted: [], time: null });
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  vi.stubGlobal("fetch", async () => {
    if (bucket.time === null) throw new TypeError("not reached");
    return { headers: new Headers({ Date: new Date(bucket.time * 1000).toUTCString() }) };
  });
  vi.spyOn(globalThis, "addEventListener");
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  // Each visit has a page of its own; its listeners end with it.
  for (const [kind, listener] of vi.mocked(addEventListener).mock.calls)
    if (OF_PAGE.includes(kind)) removeEventListener(kind, listener);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
});

export async function openPage(change: Partial<Facts> = {}) {
  document.body.innerHTML = '<main id="page"></main>';
  const data = document.createElement("script");
  data.type = "application/json";
  data.id = "facts";
  data.textContent = JSON.stringify({ ...facts, ...change });
  document.body.append(data);
  await import("../main");
  return userEvent.setup();
}

export const file = (name: string, size = 7) =>
  new File(["x".repeat(size)], name, { type: "image/png" });
