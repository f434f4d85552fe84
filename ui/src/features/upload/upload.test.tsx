import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Drop, SentFile } from "../../ipc/bindings";
import { type Fake, fault } from "../../ipc/fake";
import { asked, button, chosenRow, openWindow, radio, row } from "../../testing/open";
import { file, NOW, scenarios, dropOf as worldDrop } from "../../testing/world";

const PREFIX = "2026/Autumn launch/";
const end = {
  expiresAt: NOW / 1000 + 3_600,
  limitedBy: "chosen",
  certain: true,
  clockOffsetSeconds: 0,
} as const;
const sent = (name: string, checked: SentFile["checked"] = "opens"): SentFile => ({
  key: PREFIX + name,
  name,
  end,
  checked,
});
const dropOf = (...names: string[]): Drop => worldDrop(7, ...names);
const hold = (fake: Fake, ...names: string[]) => act(() => fake.drop({ kind: "over", names }));
const letGo = (fake: Fake, drop: Drop) => act(async () => fake.drop({ kind: "dropped", drop }));
const tell = (fake: Fake, change: Parameters<Fake["transfer"]>[0]) =>
  act(async () => fake.transfer(change));

test("files held over the window: where they go and what will be on the clipboard is said first", async () => {
  const { fake } = await openWindow();
  await row(/^Photos/);
  await hold(fake, "a.jpg", "b.jpg", "c.jpg");
  const heading = await screen.findByRole("heading", { name: "Drop 3 files into “Autumn launch”" });
  expect(heading).toBeVisible();
  expect(await screen.findByText(/They work until Thursday 26 November, 17:20/)).toBeVisible();
  await hold(fake, "a.jpg");
  expect(
    await screen.findByRole("heading", { name: "Drop 1 file into “Autumn launch”" }),
  ).toBeVisible();
  await act(() => fake.drop({ kind: "left" }));
  expect(screen.queryByText(/^Drop 1 file/)).not.toBeInTheDocument();
});

test("a dropped file is sent with the panel's end; its link is copied, and it is chosen in the list", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.click(await radio("1 hour"));
  await letGo(fake, dropOf("New film.mp4"));
  expect(asked(fake, "send")).toEqual([
    [
      {
        drop: 7,
        ifTaken: "keepBoth",
        profile: "aws:marketing",
        place: { bucket: "acme-press", prefix: PREFIX },
        expiry: { kind: "for", seconds: 3_600 },
        disposition: "inline",
      },
    ],
  ]);
  const known = fake.scenario.folders[`acme-press/${PREFIX}`];
  if (Array.isArray(known))
    fake.scenario.folders[`acme-press/${PREFIX}`] = [
      ...known,
      file(PREFIX, "New film.mp4", 1_000, NOW / 1000),
    ];
  await tell(fake, { id: 1, state: "finished", sent: [sent("New film.mp4")], handover: "copied" });
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(await chosenRow(/^New film/)).toBeVisible();
  expect(screen.getByText(/open it until Monday 23 November, 18:20/)).toBeVisible();
});

test("progress is told by figures and can be stopped", async () => {
  const { user, fake } = await openWindow();
  let now = NOW;
  fake.scenario.now = () => now;
  await row(/^Photos/);
  await letGo(fake, dropOf("Interview.mov"));
  await tell(fake, { id: 1, state: "paused", bytesSent: 600_000, bytesTotal: 1_000_000 });
  for (const bytesSent of [600_000, 610_000, 620_000, 630_000, 640_000]) {
    await tell(fake, { id: 1, state: "uploading", currentName: "Interview.mov", bytesSent });
    now += 5_000;
  }
  const bar = await screen.findByRole("progressbar", { name: "Uploading Interview.mov" });
  expect(bar).toHaveAttribute("aria-valuenow", "64");
  expect(screen.getByText("64%, 3 min left")).toBeVisible();
  await user.click(await button("Cancel"));
  expect(asked(fake, "cancelTransfer")).toEqual([[1]]);
  expect(await screen.findByText("Upload stopped")).toBeVisible();
  expect(screen.queryByRole("progressbar")).not.toBeInTheDocument();
});

test("of several files, those that are up are listed and the others say why not", async () => {
  const { fake } = await openWindow();
  await row(/^Photos/);
  const skipped: Drop["skipped"] = [
    { name: "Shortcut", reason: "link" },
    { name: ".DS_Store", reason: "system" },
  ];
  await letGo(fake, { ...dropOf("a.pdf", "b.pdf", "c.pdf", "d.xlsx"), skipped });
  expect(asked(fake, "send")[0]).toMatchObject([{ disposition: "attachment" }]);
  const error = fault({ code: "fileUnreadable", params: { name: "d.xlsx" } }, "EACCES");
  await tell(fake, {
    id: 1,
    state: "finished",
    sent: [sent("a.pdf"), sent("b.pdf"), sent("c.pdf")],
    failed: [{ name: "d.xlsx", error }],
    handover: "copied",
  });
  expect(await screen.findByText("3 links copied and tested")).toBeVisible();
  const list = screen.getByRole("list", { name: "Uploaded files" });
  expect(
    within(list)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["a.pdf", "b.pdf", "c.pdf"]);
  const alert = screen.getByRole("alert");
  expect(alert).toHaveTextContent(/d\.xlsx.*does not let Guestpass read/);
  expect(alert).toHaveTextContent(/Shortcut.*leads to another place/);
  expect(alert).not.toHaveTextContent("DS_Store");
  expect(screen.getByText(/^1 file that the system keeps for itself/)).toBeVisible();
});

test("links that could not be tested, or not be copied, are told apart", async () => {
  const { fake } = await openWindow();
  await row(/^Photos/);
  await letGo(fake, dropOf("a.pdf"));
  await tell(fake, {
    id: 1,
    state: "finished",
    sent: [sent("a.pdf", "offline")],
    handover: "copied",
  });
  expect(await screen.findByText("Link copied, not tested")).toBeVisible();
  await letGo(fake, dropOf("b.pdf"));
  await tell(fake, { id: 2, state: "finished", sent: [sent("b.pdf")], handover: "refused" });
  expect(await screen.findByText("Uploaded, but the link was not copied")).toBeVisible();
});

test("an upload that nobody may make says so", async () => {
  const sendError = fault({
    code: "accessDenied",
    params: {
      action: "write",
      by: "notSaid",
      profile: "Marketing",
      bucket: "acme-press",
      key: null,
    },
  });
  const { fake } = await openWindow({ sendError });
  await row(/^Photos/);
  await letGo(fake, dropOf("a.pdf"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The upload did not work.");
  expect(alert).toHaveTextContent("is not allowed to put files here.");
});

test("with no place open, a drop is refused with the way out", async () => {
  const { fake } = await openWindow(scenarios.noPlace);
  await screen.findByRole("heading", { name: "Choose a place" });
  await hold(fake, "a.pdf");
  expect(await screen.findByRole("heading", { name: "Open a place first" })).toBeVisible();
  await letGo(fake, dropOf("a.pdf"));
  expect(asked(fake, "send")).toEqual([]);
  expect(await screen.findByRole("alert")).toHaveTextContent("No folder is open");
});

test("before signing in, a drop is told to come later", async () => {
  const { fake } = await openWindow(scenarios.connect);
  await screen.findByRole("heading", { name: "Choose how to sign in" });
  await hold(fake, "a.pdf");
  expect(await screen.findByRole("heading", { name: "Sign in first" })).toBeVisible();
});

test("files chosen in the system's dialog go the same way", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.click(await button("Upload files…"));
  await waitFor(() => expect(asked(fake, "send")).toMatchObject([[{ drop: 9 }]]));
  expect(await button("Cancel")).toBeVisible();
});

test("a person who chose another file meanwhile keeps it when the upload ends", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await letGo(fake, dropOf("New.pdf"));
  await user.click(await row(/^Embargo/));
  await tell(fake, { id: 1, state: "finished", sent: [sent("New.pdf")], handover: "copied" });
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(await row(/^Embargo/)).toHaveAttribute("aria-selected", "true");
});
