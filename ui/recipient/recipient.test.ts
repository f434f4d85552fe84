import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { type Answer, bucket, facts, file, openPage } from "./testing/visit";

const chooser = () => screen.getByLabelText<HTMLInputElement>("Choose files");

test("files go to the bucket by the signed form, and their arrival is told", async () => {
  const user = await openPage();
  expect(screen.getByRole("heading")).toHaveTextContent("Photos for <b>Kim</b>");
  await user.upload(chooser(), [file("a.png"), file("b.png")]);
  expect(await screen.findByText("2 files have arrived. You can close this page.")).toBeVisible();
  const form = bucket.posted[0] as FormData;
  expect([...form.keys()]).toEqual([...facts.fields.map(([name]) => name), "file"]);
  expect(form.get("key")).toMatch(/^in\/Photos k3f9x2ab\/a [0-9a-z]{8}\.png$/);
  expect(form.get("Content-Type")).toBe("image/png");
  expect(form.get("policy")).toBe("cG9saWN5");
});

test("no two files share a key, though their names are the same", async () => {
  const user = await openPage();
  await user.upload(chooser(), [file("a.png"), file("a.png"), file("a.png")]);
  await screen.findByText(/^3 files have arrived/);
  expect(new Set(bucket.posted.map((form) => form.get("key"))).size).toBe(3);
});

test("a few go at a time, the others wait", async () => {
  bucket.answers = ["silent"];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png"), file("b.png"), file("c.png")]);
  expect(await screen.findByText("Waiting")).toBeVisible();
  expect(bucket.posted).toHaveLength(2);
  expect(screen.getByRole("progressbar", { name: "All files" })).toHaveValue(1 / 3);
});

test("a file that is too large is not sent", async () => {
  const user = await openPage();
  await user.upload(chooser(), [file("large.png", 1_001), file("empty.png", 0)]);
  expect(await screen.findByText("Not sent: it is larger than 1 kB.")).toBeVisible();
  expect(await screen.findByText("1 file has arrived. 1 file was not sent.")).toBeVisible();
  expect(bucket.posted).toHaveLength(1);
  expect(screen.queryByRole("button", { name: /large/ })).not.toBeInTheDocument();
});

test("what breaks off is tried again by itself, and after that by hand", async () => {
  bucket.answers = ["broken", 503, 201];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png")]);
  expect(await screen.findByText("1 file has arrived. You can close this page.")).toBeVisible();
  expect(bucket.posted).toHaveLength(3);
  bucket.answers = ["broken"];
  await user.upload(chooser(), [file("b.png")]);
  expect(await screen.findByText(/the network broke off/)).toBeVisible();
  expect(bucket.posted).toHaveLength(7);
  bucket.answers = [204];
  await user.click(screen.getByRole("button", { name: "Try again: b.png" }));
  expect(await screen.findByText("2 files have arrived. You can close this page.")).toBeVisible();
  expect(new Set(bucket.posted.map((form) => form.get("key"))).size).toBe(2);
});

test("a file that has gone in the meantime is not the network's fault", async () => {
  bucket.answers = ["broken"];
  const gone = file("a.png");
  gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) as unknown as Blob;
  const user = await openPage();
  await user.upload(chooser(), [gone]);
  expect(await screen.findByText(/this computer could not read it/)).toBeVisible();
  expect(bucket.posted).toHaveLength(1);
});

test.each([
  [[403, "<Error><Code>AccessDenied</Code></Error>"], "the other side refused it"],
  [[400, "<Error><Code>EntityTooLarge</Code></Error>"], "larger than 1 kB"],
] as [Answer, string][])("%s is a refusal in plain words", async (answer, words) => {
  bucket.answers = [answer];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png")]);
  expect(await screen.findByText(new RegExp(`^Not sent: .*${words}`))).toBeVisible();
  expect(bucket.posted).toHaveLength(1);
});

test("a file under way can be stopped, and leaving is warned of until then", async () => {
  const leave = () => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  };
  bucket.answers = ["silent"];
  const user = await openPage();
  await user.upload(chooser(), [file("a.png")]);
  const line = await screen.findByRole("listitem");
  await waitFor(() => expect(within(line).getByRole("progressbar")).toHaveValue(0.5));
  expect(leave()).toBe(true);
  await user.click(screen.getByRole("button", { name: "Cancel: a.png" }));
  expect(await screen.findByText("Stopped.")).toBeVisible();
  expect(leave()).toBe(false);
});
