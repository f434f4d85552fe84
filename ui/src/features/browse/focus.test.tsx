// Who has the focus, and what coming to a row by the way does not take away.
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Fake, Scenario } from "../../ipc/fake";
import { asked, button, chosenRow, openWindow, row } from "../../testing/open";
import { file, folder, scenarios, sentFile, transferOf } from "../../testing/world";

const LAUNCH = "2026/Autumn launch/";
const numbered = (number: number) => `Folder ${String(number).padStart(4, "0")}`;
const DEEP: Partial<Scenario> = {
  recalled: {
    profile: "aws:marketing",
    place: { bucket: "acme-press", prefix: "" },
    memory: "kept",
  },
  folders: {
    "acme-press/": Array.from({ length: 3_000 }, (_, at) => folder("", numbered(at + 1))),
    "acme-press/Folder 2500/": [file("Folder 2500/", "Deep.txt", 1, 0)],
  },
};
const field = () => screen.findByRole("searchbox", { name: "Search this folder" });

/** Into a folder that is far below in its list. */
async function openDeep() {
  const opened = await openWindow(DEEP);
  const { user } = opened;
  await user.click(await row(/^Folder 0001/));
  await user.keyboard("folder 2500");
  await chosenRow(/^Folder 2500/);
  await user.keyboard("{Enter}");
  await waitFor(async () => expect(await row(/^Deep/)).toHaveFocus());
  return opened;
}

function lose(fake: Fake, at: string, name: string) {
  const known = fake.scenario.folders[at];
  if (Array.isArray(known))
    fake.scenario.folders[at] = known.filter((entry) => entry.name !== name);
}

test("leaving a folder by key leads to its row, wherever that is, and to no other", async () => {
  const { user } = await openDeep();
  const been: unknown[] = [];
  const note = ({ target }: FocusEvent) => been.push((target as HTMLElement).ariaRowIndex);
  document.addEventListener("focusin", note);
  await user.keyboard("{Backspace}");
  await waitFor(async () => expect(await chosenRow(/^Folder 2500/)).toHaveFocus());
  document.removeEventListener("focusin", note);
  expect(screen.getByRole("row", { name: /^Folder 2500/ })).toHaveAttribute(
    "aria-rowindex",
    "2501",
  );
  expect(been).toHaveLength(1);
  await user.keyboard("{ArrowDown}");
  expect(await chosenRow(/^Folder 2501/)).toHaveFocus();
});

test("what is found late takes no focus from who types", async () => {
  const { user, fake } = await openDeep();
  fake.scenario.readsAtOnce = 1_000;
  await user.keyboard("{Backspace}");
  await row(/^Folder 0001/);
  await user.click(await field());
  act(fake.readOn);
  act(fake.readOn);
  await chosenRow(/^Folder 2500/);
  expect(await field()).toHaveFocus();
  await user.keyboard("29");
  expect(await field()).toHaveValue("29");
});

test("who searches or scrolls meanwhile is not led back to what was sought", async () => {
  const { user, fake } = await openDeep();
  fake.scenario.readsAtOnce = 1_000;
  await user.keyboard("{Backspace}");
  await row(/^Folder 0001/);
  fireEvent.scroll(screen.getByRole("grid"), { target: { scrollTop: 4_100 } });
  await row(/^Folder 0105/);
  act(fake.readOn);
  act(fake.readOn);
  await screen.findByText(/^3,000 items\./);
  expect(await row(/^Folder 0105/)).toBeVisible();
  expect(screen.queryByRole("row", { selected: true })).toBeNull();
});

test("an upload that ends takes no focus from the search", async () => {
  const { user, fake } = await openWindow({ transfers: [transferOf(1)] });
  await row(/^Photos/);
  await user.click(await field());
  const known = fake.scenario.folders[`acme-press/${LAUNCH}`];
  if (Array.isArray(known))
    fake.scenario.folders[`acme-press/${LAUNCH}`] = [...known, file(LAUNCH, "New.mov", 1, 0)];
  await act(() => fake.transfer({ id: 1, state: "finished", sent: [sentFile("New.mov")] }));
  await chosenRow(/^New\.mov/);
  expect(await field()).toHaveFocus();
});

test("Tab through the list keeps what is chosen", async () => {
  const { user } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Control>}a");
  await user.click(await row(/^Photo 0002/));
  await user.keyboard("{/Control}");
  await screen.findByRole("heading", { name: "2,499 files" });
  await user.tab();
  expect(await row(/^Photo 0002/)).not.toHaveFocus();
  await user.tab({ shift: true });
  expect(await row(/^Photo 0002/)).toHaveFocus();
  expect(await screen.findByRole("heading", { name: "2,499 files" })).toBeVisible();
});

test("Tab through the list keeps a request that is being written", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.click(await button("Request files"));
  const title = await screen.findByRole("textbox", { name: "Title" });
  await user.type(title, " from Kim");
  const first = await row(/^Photos/);
  for (let at = 0; at < 15 && document.activeElement !== first; at += 1)
    await user.tab({ shift: true });
  expect(first).toHaveFocus();
  expect(screen.getByRole("textbox", { name: "Title" })).toHaveDisplayValue(/ from Kim$/);
});

test("coming back from the uploads by key keeps what is chosen", async () => {
  const { user } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  await screen.findByRole("heading", { name: "3 files" });
  await user.click(await button(/^Uploads/));
  (await button("Back")).focus();
  await user.keyboard("{Enter}");
  await waitFor(async () => expect(await row(/^Photo 0001/)).toHaveFocus());
  expect(screen.getByRole("heading", { name: "3 files" })).toBeVisible();
});

test("a double click into a folder leaves the keys working, and chooses nothing", async () => {
  const { user } = await openWindow(DEEP);
  await user.click(await row(/^Folder 0001/));
  await user.keyboard("folder 2500");
  await user.dblClick(await chosenRow(/^Folder 2500/));
  await waitFor(async () => expect(await row(/^Deep/)).toHaveFocus());
  expect(screen.queryByRole("row", { selected: true })).toBeNull();
  await user.keyboard("{ArrowDown}");
  expect(await chosenRow(/^Deep/)).toHaveFocus();
});

test("Escape on the button of a row leaves the focus in the list", async () => {
  const { user } = await openWindow();
  await user.click(await row(/^Launch film/));
  (await button(/^Copy link to/)).focus();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("row", { selected: true })).toBeNull());
  expect(await row(/^Launch film/)).toHaveFocus();
});

test("when the last row goes, the focus goes to the one before", async () => {
  const { user, fake } = await openWindow();
  await user.click(await row(/^Übersicht/));
  await chosenRow(/^Übersicht/);
  lose(fake, `acme-press/${LAUNCH}`, "Übersicht – 新製品.docx");
  await act(fake.showChanges);
  await waitFor(() => expect(screen.queryByRole("row", { name: /^Übersicht/ })).toBeNull());
  await waitFor(async () => expect(await row(/^Raw footage/)).toHaveFocus());
});

test("a row that is scrolled away is seen again when Tab leads to it", async () => {
  const { user } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Control>}{ArrowDown}{/Control}");
  // What comes into the panel later would stand between it and the rows.
  await screen.findByRole("button", { name: /Photo 0001.*larger/ });
  await user.tab();
  fireEvent.scroll(screen.getByRole("grid"), { target: { scrollTop: 41_000 } });
  await row(/^Photo 1005/);
  await user.tab({ shift: true });
  const second = await row(/^Photo 0002/);
  expect(second).toHaveFocus();
  await waitFor(() => expect(second).not.toHaveAttribute("data-away"));
  expect(screen.getByRole("heading", { name: "Photo 0001.jpg" })).toBeVisible();
});

test("a range begins where the person clicked last, though that was chosen already", async () => {
  const { user } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0001/));
  await chosenRow(/^Photo 0001/);
  await user.keyboard("{Control>}");
  await user.click(await row(/^Photo 0005/));
  await user.click(await row(/^Photo 0005/));
  await user.keyboard("{/Control}");
  await screen.findByRole("heading", { name: "Photo 0001.jpg" });
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Shift>}");
  await user.click(await row(/^Photo 0003/));
  await user.keyboard("{/Shift}");
  expect(await screen.findByRole("heading", { name: "3 files" })).toBeVisible();
});

test("a range begins at the cursor where the row that it began from is gone", async () => {
  const { user, fake } = await openWindow();
  await user.click(await row(/^Embargo/));
  await chosenRow(/^Embargo/);
  lose(fake, `acme-press/${LAUNCH}`, "Embargo letter.pdf");
  await act(fake.showChanges);
  await waitFor(() => expect(screen.queryByRole("row", { name: /^Embargo/ })).toBeNull());
  await waitFor(async () => expect(await row(/^Hero/)).toHaveFocus());
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  expect(await screen.findByRole("heading", { name: "2 files" })).toBeVisible();
  expect(await chosenRow(/^Hero/)).toBeVisible();
  expect(await chosenRow(/^Launch film/)).toBeVisible();
});

test("a click means the row that was pressed on, though another lies there at its end", async () => {
  const { user, fake } = await openWindow();
  const hero = await row(/^Hero/);
  await user.pointer({ keys: "[MouseLeft>]", target: hero });
  await chosenRow(/^Hero/);
  lose(fake, `acme-press/${LAUNCH}`, "Embargo letter.pdf");
  await act(fake.showChanges);
  await waitFor(() => expect(hero).toHaveAccessibleName(/^Launch film/));
  await user.pointer({ keys: "[/MouseLeft]", target: hero });
  await waitFor(async () => expect(await chosenRow(/^Hero/)).toHaveFocus());
  expect(screen.getAllByRole("row", { selected: true })).toHaveLength(1);
});

test("what is done after typing a name is not undone by the answer to it", async () => {
  const { user, fake } = await openWindow();
  await user.click(await row(/^Photos/));
  const find = fake.typeAhead;
  let release: () => void = () => undefined;
  fake.typeAhead = async (...args) => {
    await new Promise<void>((done) => {
      release = done;
    });
    return find(...args);
  };
  await user.keyboard("r{ArrowDown}");
  await chosenRow(/^Press kit/);
  release();
  await waitFor(() => expect(asked(fake, "typeAhead")).toHaveLength(1));
  await user.keyboard("{ArrowDown}");
  expect(await chosenRow(/^Embargo/)).toHaveFocus();
});

test("Enter in the search leads to the first match and chooses it, for Ctrl+C", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.type(await field(), "film");
  await screen.findByText("1 item found, 7 looked at.");
  await user.keyboard("{Enter}");
  expect(await chosenRow(/^Launch film/)).toHaveFocus();
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(fake.copied).toHaveLength(1);
});

test("keys of an input method stay in the search", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.type(await field(), "新");
  const search = await field();
  for (const key of ["Enter", "ArrowDown", "Escape"]) {
    fireEvent.keyDown(search, { key, isComposing: true });
    fireEvent.keyDown(search, { key, keyCode: 229 });
    expect(search).toHaveFocus();
    expect(search).toHaveValue("新");
  }
});
