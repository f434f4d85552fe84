import { screen, waitFor, within } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Facts } from "./facts";
import { keyFor, random } from "./key";
import { formOf } from "./send";

const facts: Facts = {
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

/** What the bucket answers to one upload after the other; the last holds. */
let answers: (number | "broken" | [number, string])[];
let posted: FormData[];

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
    posted.push(body);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    queueMicrotask(() => {
      this.upload.onprogress?.({ loaded: 1, total: 2 });
      if (answer === undefined) return;
      if (answer === "broken") return this.onerror?.();
      [this.status, this.responseText] = typeof answer === "number" ? [answer, ""] : answer;
      this.onload?.();
    });
  }
}

beforeEach(() => {
  answers = [201];
  posted = [];
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.resetModules();
});

async function openPage(change: Partial<Facts> = {}) {
  document.body.innerHTML = '<main id="page"></main>';
  const data = document.createElement("script");
  data.type = "application/json";
  data.id = "facts";
  data.textContent = JSON.stringify({ ...facts, ...change });
  document.body.append(data);
  await import("./main");
  return userEvent.setup();
}

const file = (name: string, size = 7) => new File(["x".repeat(size)], name, { type: "image/png" });
const chooser = () => screen.getByLabelText<HTMLInputElement>("Choose files");

test("files go to the bucket by the signed form, and their arrival is told", async () => {
  const user = await openPage();
  expect(screen.getByRole("heading")).toHaveTextContent("Photos for <b>Kim</b>");
  await user.upload(chooser(), [file("a.png"), file("b.png")]);
  expect(await screen.findByText("2 files have arrived. You can close this page.")).toBeVisible();
  const form = posted[0] as FormData;
  expect([...form.keys()]).toEqual(["key", "Content-Type", "policy", "x-amz-signature", "file"]);
  expect(form.get("key")).toMatch(/^in\/Photos k3f9x2ab\/a [0-9a-z]{8}\.png$/);
  expect(form.get("Content-Type")).toBe("image/png");
  expect(form.get("policy")).toBe("cG9saWN5");
});

test("a file that is too large is not sent", async () => {
  const user = await openPage();
  await user.upload(chooser(), [file("large.png", 1_001)]);
  expect(await screen.findByText("Not sent: it is larger than 1 kB.")).toBeVisible();
  expect(posted).toHaveLength(0);
  expect(screen.queryByRole("button", { name: /large/ })).not.toBeInTheDocument();
});

test("what breaks off is tried again by itself, and after that by hand", async () => {
  answers = ["broken", 503, 201];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png")]);
  expect(await screen.findByText("1 file has arrived. You can close this page.")).toBeVisible();
  expect(posted).toHaveLength(3);
  answers = ["broken"];
  await user.upload(chooser(), [file("b.png")]);
  expect(await screen.findByText(/the network broke off/)).toBeVisible();
  answers = [204];
  await user.click(screen.getByRole("button", { name: "Try again: b.png" }));
  expect(await screen.findByText("2 files have arrived. You can close this page.")).toBeVisible();
});

test.each([
  [
    [403, "<Error><Code>AccessDenied</Code><Message>Policy expired.</Message></Error>"],
    "has ended",
  ],
  [[403, "<Error><Code>AccessDenied</Code></Error>"], "the other side refused it"],
  [[400, "<Error><Code>EntityTooLarge</Code></Error>"], "larger than 1 kB"],
] as [[number, string], string][])("%s is a refusal in plain words", async (answer, words) => {
  answers = [answer];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png")]);
  expect(await screen.findByText(new RegExp(`^Not sent: .*${words}`))).toBeVisible();
  expect(posted).toHaveLength(1);
});

test("a file under way can be stopped", async () => {
  answers = [];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png")]);
  const line = await screen.findByRole("listitem");
  await waitFor(() => expect(within(line).getByRole("progressbar")).toHaveValue(0.5));
  await user.click(screen.getByRole("button", { name: "Cancel: a.png" }));
  expect(await screen.findByText("Stopped.")).toBeVisible();
});

test("after its end the page says so and takes nothing", async () => {
  await openPage({ expiresAt: 1_000 });
  expect(screen.getByRole("heading")).toHaveTextContent("This request has ended");
  expect(screen.queryByLabelText("Choose files")).not.toBeInTheDocument();
});

test("keys keep names, and leave out what would lead elsewhere", () => {
  expect(keyFor("in/", "Ünï 新 🎉.tar.gz", "mark")).toBe("in/Ünï 新 🎉.tar mark.gz");
  expect(keyFor("in/", "Trip/day 1/a.png", "mark")).toBe("in/Trip/day 1/a mark.png");
  expect(keyFor("in/", "../../..", "mark")).toBe("in/_/_/_ mark");
  expect(keyFor("in/", ".env", "mark")).toBe("in/.env mark");
  expect(keyFor("in/", "a\\b\u0000\n.txt", "mark")).toBe("in/ab mark.txt");
  const long = keyFor("in/", `${"ü".repeat(2_000)}.pdf`, "mark");
  expect(new TextEncoder().encode(long).length).toBeLessThanOrEqual(1_024);
  expect(long.endsWith(" mark.pdf")).toBe(true);
  expect(random()).not.toBe(random());
});

test("no two uploads of one file share a key", () => {
  const item = { file: file("a.png"), path: "a.png" };
  expect(formOf(facts, item).get("key")).not.toBe(formOf(facts, item).get("key"));
});
