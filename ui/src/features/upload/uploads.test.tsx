import { act, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import type { Drop, TrayWords } from "../../ipc/bindings";
import { type Fake, fault } from "../../ipc/fake";
import { taskOf } from "../../ipc/fakeTasks";
import { asked, button, openWindow, row } from "../../testing/open";
import { dropOf, NOW, scenarios, sentFile, transferOf } from "../../testing/world";

const PLACE = { bucket: "acme-press", prefix: "2026/Autumn launch/" };
const letGo = (fake: Fake, drop: Drop) => act(async () => fake.drop({ kind: "dropped", drop }));
const tell = (fake: Fake, change: Parameters<Fake["transfer"]>[0]) =>
  act(async () => fake.transfer(change));
const card = (name: string) => within(screen.getByRole("group", { name }));

async function violations() {
  const { violations: found } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}

async function openUploads(...args: Parameters<typeof openWindow>) {
  const opened = await openWindow(...args);
  await row(/^Photos/);
  await opened.user.click(await button(/^Uploads/));
  await screen.findByRole("heading", { name: "Uploads" });
  return opened;
}

test("the line tells of one upload by name, of several by their number, and of halted ones", async () => {
  const { fake } = await openWindow(scenarios.leaving);
  expect(await screen.findByRole("progressbar", { name: "Uploading 2 uploads" })).toHaveAttribute(
    "aria-valuetext",
    "3%",
  );
  expect(screen.queryByRole("button", { name: "Cancel" })).not.toBeInTheDocument();
  await tell(fake, { id: 5, state: "paused" });
  expect(
    await screen.findByRole("progressbar", { name: "Uploading Interview B-roll.mov" }),
  ).toBeVisible();
  const trouble = fault({ code: "offline", params: { host: "h" } });
  await tell(fake, { id: 4, state: "waiting", trouble });
  expect(await screen.findByText("Waiting for the network")).toBeVisible();
  await tell(fake, { id: 4, state: "paused" });
  expect(await screen.findByText("2 uploads paused")).toBeVisible();
  expect(await button("Show uploads")).toBeVisible();
});

test("the screen of uploads lists them newest first, without a barrier, and places lead back", async () => {
  const { user } = await openUploads(scenarios.uploads);
  const names = screen.getAllByRole("heading", { level: 2 }).map((one) => one.textContent);
  expect(names.filter((name) => name !== "Places")).toEqual([
    "Press film.mp4",
    "5,000 files",
    "Interview B-roll.mov",
    "Raw footage, second day.zip",
    "3 files",
    "Launch film.mp4",
  ]);
  expect(await violations()).toEqual([]);
  expect(await button("Uploads, 3 under way")).toHaveAttribute("aria-current", "page");
  expect(card("5,000 files").getByText(/^If Guestpass is closed/)).toBeVisible();
  expect(card("Press film.mp4").getByText("Waiting for the network")).toBeVisible();
  expect(card("Launch film.mp4").getByText(/changed while it was being uploaded/)).toBeVisible();
  expect(card("Launch film.mp4").getByText(/^2 files were left out/)).toBeVisible();
  expect(card("3 files").getByText("2 of 3 files were uploaded.")).toBeVisible();
  await user.click(await button("acme-press"));
  expect(await row(/^2025/)).toBeVisible();
});

test("with keys alone: pause, resume, and back by Backspace", async () => {
  const { user, fake } = await openWindow(scenarios.uploading);
  (await button("Show uploads")).focus();
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "Uploads" })).toHaveFocus();
  await user.tab();
  await user.tab();
  expect(screen.getByRole("button", { name: "Pause" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(await button("Resume")).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(await button("Pause")).toHaveFocus();
  expect([asked(fake, "pauseTransfer"), asked(fake, "resumeTransfer")]).toEqual([[[4]], [[4]]]);
  await user.keyboard("{Backspace}");
  expect(await row(/^Photos/)).toBeVisible();
});

test("each state has its own acts", async () => {
  const { user, fake } = await openUploads(scenarios.uploads);
  await user.click(card("Press film.mp4").getByRole("button", { name: "Try now" }));
  await user.click(card("Interview B-roll.mov").getByRole("button", { name: "Cancel" }));
  const raw = "Raw footage, second day.zip";
  await user.click(card(raw).getByRole("button", { name: "Cancel" }));
  await user.click(card("3 files").getByRole("button", { name: "Try again" }));
  expect(asked(fake, "resumeTransfer")).toEqual([[6], [2]]);
  expect(asked(fake, "cancelTransfer")).toEqual([[4]]);
  expect(asked(fake, "forgetTransfer")).toEqual([[3]]);
  expect(screen.queryByRole("group", { name: raw })).not.toBeInTheDocument();
  await user.click(card("Launch film.mp4").getByRole("button", { name: "Copy link" }));
  expect(await screen.findByText("The link is on your clipboard now.")).toBeVisible();
  expect(asked(fake, "copyLink")).toMatchObject([
    [{ profile: "aws:marketing", bucket: "acme-press", key: `${PLACE.prefix}Launch film.mp4` }],
  ]);
  await user.click(card("Launch film.mp4").getByRole("button", { name: "Remove" }));
  expect(screen.queryByRole("group", { name: "Launch film.mp4" })).not.toBeInTheDocument();
});

test("what is tried again is no longer told as ended beside the list", async () => {
  const { user, fake } = await openWindow(scenarios.uploading);
  await row(/^Photos/);
  const error = fault({ code: "fileUnreadable", params: { name: "a.pdf" } });
  await tell(fake, { id: 4, state: "failed", failed: [{ name: "a.pdf", error }] });
  expect(await screen.findByRole("alert")).toHaveTextContent("Not shared");
  await user.click(await button(/^Uploads/));
  await user.click(await button("Try again"));
  await user.click(await button("Back"));
  expect(await row(/^Photos/)).toBeVisible();
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("an act that is refused is said on its card", async () => {
  const transferError = fault({ code: "internal" }, "no such transfer");
  const { user } = await openUploads({ ...scenarios.uploading, transferError });
  await user.click(await button("Pause"));
  expect(await screen.findByRole("alert")).toHaveTextContent("The upload stays as it was.");
});

test("an ending is announced, and of thousands the first are named", async () => {
  const sent = Array.from({ length: 5_000 }, (_, at) => sentFile(`${at}.jpg`));
  const { fake } = await openUploads(scenarios.leaving);
  await tell(fake, { id: 5, state: "finished", sent, handover: "copied" });
  expect(await screen.findByText(/^5,000 files are up/)).toHaveAttribute("role", "status");
  expect(card("5,000 files").getByText("and 4,950 more")).toBeInTheDocument();
});

test("nothing there is said kindly, and what earlier uploads left can be removed", async () => {
  const { user, fake } = await openUploads({ leftovers: 3 });
  expect(await screen.findByText("Nothing is being uploaded")).toBeVisible();
  expect(await screen.findByText(/^Parts of 3 unfinished uploads/)).toBeVisible();
  await user.click(await button("Remove them"));
  await waitFor(() => expect(screen.queryByText(/^Parts of/)).not.toBeInTheDocument());
  expect(asked(fake, "removeLeftovers")).toHaveLength(1);
});

test("what cannot be removed from the storage stays, and it is said why", async () => {
  const leftoversError = fault({ code: "serverBusy" });
  const { user } = await openUploads({ leftovers: 1, leftoversError });
  await user.click(await button("Remove them"));
  expect(await screen.findByRole("alert")).toHaveTextContent("The parts were not removed.");
  expect(screen.getByText(/^Parts of 1 unfinished upload/)).toBeVisible();
});

test.each([
  ["Keep both", "keepBoth"],
  ["Replace", "replace"],
  ["Skip these", "skip"],
])("names that are taken are asked about once: %s", async (answer, ifTaken) => {
  const { user, fake } = await openWindow(scenarios.taken);
  await row(/^Photos/);
  await letGo(fake, dropOf(7, "a.jpg", "letter.pdf", "b.txt", "c.txt"));
  const dialog = await screen.findByRole("dialog", { name: "3 names are taken" });
  expect(await violations()).toEqual([]);
  expect(within(dialog).getByRole("button", { name: "Keep both" })).toHaveFocus();
  expect(asked(fake, "taken")).toEqual([["aws:marketing", PLACE, 7]]);
  expect(asked(fake, "send")).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: answer }));
  await waitFor(() => expect(asked(fake, "send")).toMatchObject([[{ drop: 7, ifTaken }]]));
});

test("one name that is taken is named, with the name it would get; Escape sends nothing", async () => {
  const { user, fake } = await openWindow({ taken: { count: 1, names: ["letter.pdf"] } });
  await row(/^Photos/);
  await letGo(fake, dropOf(7, "letter.pdf"));
  await screen.findByRole("dialog", { name: /letter\.pdf.*is already there/ });
  expect(screen.getByRole("button", { name: "Keep both" })).toHaveAccessibleDescription(
    /letter \(2\)\.pdf/,
  );
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(asked(fake, "send")).toEqual([]);
});

test("when it cannot be told which names are taken, both are kept", async () => {
  const { fake } = await openWindow({ taken: fault({ code: "serverFault" }) });
  await row(/^Photos/);
  await letGo(fake, dropOf(7, "letter.pdf"));
  await waitFor(() => expect(asked(fake, "send")).toMatchObject([[{ ifTaken: "keepBoth" }]]));
});

test("empty folders are left out, and created on demand", async () => {
  const { user, fake } = await openWindow({ folderError: fault({ code: "serverBusy" }) });
  await row(/^Photos/);
  await letGo(fake, { ...dropOf(7), emptyFolders: ["Old", "New/Deep"] });
  expect(await screen.findByText("2 empty folders were left out.")).toBeVisible();
  await user.click(await button("Create them, too"));
  expect(await screen.findByRole("alert")).toHaveTextContent("The folders were not created.");
  fake.scenario.folderError = null;
  await user.click(await button("Create them, too"));
  expect(await screen.findByText("2 empty folders were created.")).toBeVisible();
  expect(asked(fake, "makeFolders")[1]).toEqual(["aws:marketing", PLACE, ["Old", "New/Deep"]]);
  expect(asked(fake, "send")).toEqual([]);
});

test("the small button beside “Upload files…” has the other ways", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.click(await button("More ways to upload"));
  await user.click(await screen.findByRole("menuitem", { name: "Upload folder…" }));
  await waitFor(() => expect(asked(fake, "send")).toMatchObject([[{ drop: 10 }]]));
});

test("Ctrl+V uploads what is on the clipboard, except where text is typed", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.keyboard("{Control>}v{/Control}");
  await waitFor(() => expect(asked(fake, "send")).toMatchObject([[{ drop: 11 }]]));
  expect(asked(fake, "paste")).toEqual([["Screenshot 2026-11-23 at 17.20.png"]]);
  await user.click(await button("Add a place"));
  await user.click(await screen.findByRole("textbox"));
  await user.keyboard("{Control>}v{/Control}");
  expect(asked(fake, "paste")).toHaveLength(1);
});

test("an empty clipboard is told quietly", async () => {
  const { user } = await openWindow({ clipboard: null });
  await row(/^Photos/);
  await user.keyboard("{Control>}v{/Control}");
  expect(
    await screen.findByText("There is no file and no picture on the clipboard."),
  ).toBeVisible();
});

test("a clipboard that was used meanwhile is left alone, and the links are there for the asking", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await letGo(fake, dropOf(7, "a.pdf", "b.pdf"));
  const sent = [sentFile("a.pdf"), sentFile("b.pdf")];
  await tell(fake, { id: 1, state: "finished", sent, handover: "inUse" });
  expect(await screen.findByText(/^The clipboard holds something else/)).toBeVisible();
  await user.click(await button("Copy links"));
  expect(await screen.findByText("2 links are on your clipboard now.")).toBeVisible();
  expect(asked(fake, "copyLinks")).toMatchObject([[{ keys: sent.map(({ key }) => key) }]]);
});

test("the end of a long upload is told to the system, without a link; that of a short one is not", async () => {
  const { fake } = await openWindow({
    transfers: [
      transferOf(1, { startedAt: NOW / 1000 - 11 }),
      transferOf(2, { startedAt: NOW / 1000 - 9 }),
    ],
  });
  await row(/^Photos/);
  for (const id of [1, 2])
    await tell(fake, { id, state: "finished", sent: [sentFile("a.pdf")], handover: "copied" });
  const notices = asked(fake, "notify").map((words) => words.join(" "));
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(/a\.pdf.*is up The link is on your clipboard\./);
});

test.each([
  ["Go on in the background", "background"],
  ["Stop and quit", "quit"],
])("closing the window while uploads are under way: %s", async (answer, how) => {
  const { user, fake } = await openWindow(scenarios.leaving);
  await row(/^Photos/);
  await act(async () => fake.close());
  await screen.findByRole("dialog", { name: "2 uploads are under way" });
  expect(screen.getByRole("button", { name: "Stop and quit" })).toHaveAccessibleDescription(
    "1 upload would have to be sent again; the rest goes on when Guestpass is opened again.",
  );
  await user.click(await button(answer));
  expect(asked(fake, "leave")).toEqual([[how]]);
});

test.each([
  ["everyday" as const, "stays as an icon in the system tray: open it from there."],
  ["noTray" as const, "Start Guestpass again to come back to them."],
])("how a hidden window comes back is told as it is here: %s", async (scenario, way) => {
  const { fake } = await openWindow({ ...scenarios.leaving, ...scenarios[scenario] });
  await row(/^Photos/);
  await act(async () => fake.close());
  const answer = await button("Go on in the background");
  expect(answer).toHaveAccessibleDescription(
    new RegExp(`^The window closes, and the uploads go on\\. .*${way}$`),
  );
});

const tooltips = (fake: Fake) =>
  asked(fake, "tellTray").map(([words]) => (words as TrayWords).tooltip);

async function hide(fake: Fake, user: Awaited<ReturnType<typeof openWindow>>["user"]) {
  await row(/^Photos/);
  await act(async () => fake.close());
  await user.click(await button("Go on in the background"));
}

test("while the window is hidden the tray says how the uploads go, once a second at most, and how they ended", async () => {
  const { user, fake } = await openWindow(scenarios.leaving);
  await hide(fake, user);
  const first = "Guestpass: uploading 5,001 files, 3%";
  await waitFor(() => expect(tooltips(fake)).toEqual([first]));
  expect(asked(fake, "tellTray")[0]).toEqual([
    { tooltip: first, open: "Open Guestpass", quit: "Stop uploads and quit" },
  ]);
  await tell(fake, { id: 4, bytesSent: 600_000_000 });
  await tell(fake, { id: 4, bytesSent: 1_000_000_000 });
  await tell(fake, { id: 4, bytesSent: 1_200_000_000 });
  expect(tooltips(fake)).toHaveLength(1);
  const late = { timeout: 3_000 };
  await waitFor(
    () => expect(tooltips(fake)[1]).toBe("Guestpass: uploading 5,001 files, 13%"),
    late,
  );
  await tell(fake, { id: 4, state: "finished", sent: [sentFile("a.mov")] });
  await tell(fake, { id: 5, state: "waiting" });
  await waitFor(
    () => expect(tooltips(fake)[2]).toBe("Guestpass: 5,000 files wait to go on, 2%"),
    late,
  );
  await tell(fake, { id: 5, state: "finished", sent: [sentFile("a"), sentFile("b")] });
  await waitFor(() => expect(tooltips(fake)[3]).toBe("Guestpass: done, 3 files are up"), late);
  expect(asked(fake, "tellTray")[3]).toMatchObject([{ quit: "Quit Guestpass" }]);
}, 15_000);

test("a window that is back tells the tray nothing more, and the next hiding begins anew", async () => {
  const { user, fake } = await openWindow(scenarios.leaving);
  await hide(fake, user);
  await waitFor(() => expect(tooltips(fake)).toHaveLength(1));
  fake.comeBack();
  await tell(fake, { id: 4, state: "linking" });
  await waitFor(() => expect(tooltips(fake)).toHaveLength(2), { timeout: 3_000 });
  await tell(fake, { id: 5, state: "linking" });
  await hide(fake, user);
  await waitFor(() => expect(tooltips(fake)[2]).toBe("Guestpass: making and testing the links"));
}, 15_000);

test("a question is not taken back by a late word that the window had come back", async () => {
  const { user, fake } = await openWindow(scenarios.leaving);
  const answers: ((isThere: boolean) => void)[] = [];
  fake.tellTray = () => new Promise((answer) => answers.push(answer));
  await hide(fake, user);
  await waitFor(() => expect(answers).toHaveLength(1));
  await act(async () => fake.close());
  await button("Go on in the background");
  await act(async () => answers[0]?.(false));
  expect(await button("Go on in the background")).toBeVisible();
});

test("what ends while the question is open is told as done", async () => {
  const { user, fake } = await openWindow(scenarios.uploading);
  await row(/^Photos/);
  await act(async () => fake.close());
  const answer = await button("Go on in the background");
  await tell(fake, { id: 4, state: "finished", sent: [sentFile("a.mov")] });
  await user.click(answer);
  await waitFor(() => expect(tooltips(fake)).toEqual(["Guestpass: done, 1 file is up"]));
});

test("without a tray it is told once in vain", async () => {
  const { user, fake } = await openWindow(scenarios.noTray);
  await hide(fake, user);
  await waitFor(() => expect(tooltips(fake)).toHaveLength(1));
  await tell(fake, { id: 4, bytesSent: 1_000_000_000 });
  expect(tooltips(fake)).toHaveLength(1);
});

test("a save that is paused is not lost with the window unasked, and the tray claims no uploads", async () => {
  const work = { kind: "save", to: "film.mov", intoFolder: false } as const;
  const { user, fake } = await openWindow({ tasks: [taskOf(1, work, { state: "paused" })] });
  await row(/^Photos/);
  await act(async () => fake.close());
  await screen.findByRole("dialog", { name: "Files are still to be moved, deleted or saved" });
  expect(screen.getByText(/What is paused waits until you are back\./)).toBeVisible();
  expect(await violations()).toEqual([]);
  await user.click(await button("Go on in the background"));
  const tidying = "Guestpass: files are still to be moved, deleted or saved";
  await waitFor(() => expect(tooltips(fake)).toEqual([tidying]));
  expect(asked(fake, "tellTray")[0]).toMatchObject([{ quit: "Stop and quit" }]);
  act(() => fake.task({ id: 1, state: "finished" }));
  await waitFor(() => expect(tooltips(fake)[1]).toBe("Guestpass: done"), { timeout: 3_000 });
});

test("closing is asked about before signing in, too, and can be thought better of", async () => {
  const { user, fake } = await openWindow({ ...scenarios.connect, ...scenarios.uploading });
  await screen.findByRole("heading", { name: "Choose how to sign in" });
  await act(async () => fake.close());
  await screen.findByRole("dialog", { name: "An upload is under way" });
  expect(await violations()).toEqual([]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(asked(fake, "leave")).toEqual([]);
});

test("an upload of another connection says whose it is, and leads nowhere from here", async () => {
  const elsewhere = transferOf(9, { profile: "aws:video archive" });
  const { user } = await openWindow({ transfers: [elsewhere] });
  await user.click(await button(/^Uploads/));
  expect(await screen.findByText(/of “\u2068?Video archive\u2069?”/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /open this place/ })).not.toBeInTheDocument();
});
