import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { asked, chosenRow, openWindow, row, violations } from "../../testing/open";
import { file, scenarios } from "../../testing/world";

const grid = () => screen.getByRole("grid", { name: "Files" });
const drawn = () => screen.getAllByRole("row").length - 1;
const shot = (number: number) => new RegExp(`^Shot ${String(number).padStart(7, "0")}`);

async function openMillion() {
  const opened = await openWindow(scenarios.million);
  await row(shot(1));
  return opened;
}

function scrollTo(top: number) {
  fireEvent.scroll(grid(), { target: { scrollTop: top } });
}

test("of a million rows a few dozen are drawn, and how many there are is told", async () => {
  const { fake } = await openMillion();
  expect(grid()).toHaveAttribute("aria-rowcount", "1000001");
  expect(grid()).toHaveAttribute("aria-multiselectable", "true");
  expect(await row(shot(1))).toHaveAttribute("aria-rowindex", "2");
  expect(drawn()).toBeLessThan(60);
  expect(asked(fake, "folderRows").length).toBeLessThan(5);
  expect(screen.getByText(/^1,000,000 items\./)).toBeVisible();
  expect(screen.getByText("In the list: 1,000,000 items")).toHaveAttribute("role", "status");
});

test("the grid of a million rows has no barrier that a machine can find", async () => {
  const { user } = await openMillion();
  await user.click(await row(shot(2)));
  await user.keyboard("{End}");
  await chosenRow(shot(1_000_000));
  expect(await violations()).toEqual([]);
});

test("End and Home reach the last and the first row, with the focus", async () => {
  const { user } = await openMillion();
  await user.click(await row(shot(1)));
  await user.keyboard("{End}");
  const last = await chosenRow(shot(1_000_000));
  expect(last).toHaveFocus();
  expect(last).toHaveAttribute("aria-rowindex", "1000001");
  expect(drawn()).toBeLessThan(60);
  await user.keyboard("{ArrowUp}");
  expect(await chosenRow(shot(999_999))).toHaveFocus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(await chosenRow(shot(1_000_000))).toHaveFocus();
  await user.keyboard("{Home}");
  expect(await chosenRow(shot(1))).toHaveFocus();
});

test("the scroll bar reaches both ends, and the middle", async () => {
  await openMillion();
  const tall = Number.parseFloat((grid().firstElementChild as HTMLElement).style.height);
  act(() => scrollTo(tall - 600));
  await row(shot(1_000_000));
  act(() => scrollTo((tall - 600) / 2));
  await row(shot(500_000));
  act(() => scrollTo(0));
  await row(shot(1));
  expect(drawn()).toBeLessThan(60);
});

test("in a list taller than its scroll bar can tell, the wheel moves by as much as anywhere", async () => {
  await openMillion();
  const rows = () => screen.getAllByRole("row").at(-1)?.parentElement?.style.transform;
  fireEvent.wheel(grid(), { deltaY: 100 });
  expect(rows()).toBe("translateY(-100px)");
  fireEvent.wheel(grid(), { deltaY: -30 });
  expect(rows()).toBe("translateY(-70px)");
  for (let turn = 0; turn < 8; turn += 1) fireEvent.wheel(grid(), { deltaY: 0.25 });
  expect(rows()).toBe("translateY(-72px)");
});

test("the row with the focus keeps it while others are looked at, and keys go on from there", async () => {
  const { user } = await openMillion();
  await user.click(await row(shot(3)));
  const third = await chosenRow(shot(3));
  const tall = Number.parseFloat((grid().firstElementChild as HTMLElement).style.height);
  act(() => scrollTo(tall / 2));
  await row(shot(500_010));
  expect(third).toHaveFocus();
  await user.keyboard("{ArrowDown}");
  expect(await chosenRow(shot(4))).toHaveFocus();
  expect(await row(shot(1))).toBeVisible();
});

test("rows under a key held down go by, and the panel shows where that ends", async () => {
  const { user } = await openMillion();
  await user.click(await row(shot(1)));
  await screen.findByRole("heading", { name: "Shot 0000001.jpg" });
  const hold = () =>
    fireEvent.keyDown(document.activeElement ?? grid(), { key: "ArrowDown", repeat: true });
  for (let at = 2; at <= 9; at += 1) {
    hold();
    expect(await chosenRow(shot(at))).toHaveFocus();
  }
  expect(screen.getByRole("heading", { name: "Shot 0000001.jpg" })).toBeVisible();
  fireEvent.keyUp(document.activeElement ?? grid(), { key: "ArrowDown" });
  expect(await screen.findByRole("heading", { name: "Shot 0000009.jpg" })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "Shot 0000001.jpg" })).not.toBeInTheDocument();
});

test("typing the beginning of a name goes there", async () => {
  const { user } = await openMillion();
  await user.click(await row(shot(1)));
  await user.keyboard("shot 0500000");
  expect(await chosenRow(shot(500_000))).toHaveFocus();
  expect(screen.getByRole("heading", { name: "Shot 0500000.jpg" })).toBeVisible();
});

test("a range goes across rows that were never looked at", async () => {
  const { user, fake } = await openMillion();
  await user.click(await row(shot(1)));
  await user.keyboard("shot 0000500");
  await chosenRow(shot(500));
  await user.click(await row(shot(502)));
  await user.keyboard("shot 0001001");
  await chosenRow(shot(1_001));
  await user.keyboard("{Shift>}{PageDown}{ArrowUp}{/Shift}");
  expect(await screen.findByRole("heading", { name: "12 files" })).toBeVisible();
  await user.keyboard("{Shift>}{Home}{/Shift}");
  expect(await screen.findByRole("heading", { name: "1,001 files" })).toBeVisible();
  expect(asked(fake, "folderRows").length).toBeLessThan(40);
});

test("of more than a thousand files the figures are told, and that links are made of fewer", async () => {
  const { user, fake } = await openMillion();
  await user.click(await row(shot(1)));
  await user.keyboard("{Control>}a{/Control}");
  expect(await screen.findByRole("heading", { name: "1,000,000 files" })).toBeVisible();
  expect(screen.getByText(/^500 GB in all/)).toBeVisible();
  expect(screen.getByText(/at most 1,000 files at once/)).toBeVisible();
  expect(screen.queryByRole("button", { name: /^Copy/ })).not.toBeInTheDocument();
  await user.keyboard("{Control>}c{/Control}");
  expect(fake.copied).toEqual([]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("heading", { name: /files$/ })).toBeNull());
  expect(screen.queryByRole("row", { selected: true })).not.toBeInTheDocument();
});

test("the cursor moves without choosing, and Ctrl+Space chooses one more", async () => {
  const { user } = await openMillion();
  await user.click(await row(shot(1)));
  await user.keyboard("{Control>}{ArrowDown}{ArrowDown}{/Control}");
  expect(await row(shot(3))).toHaveFocus();
  expect(await chosenRow(shot(1))).toBeVisible();
  await user.keyboard("{Control>} {/Control}");
  expect(await screen.findByRole("heading", { name: "2 files" })).toBeVisible();
  await user.keyboard("{Control>}{ArrowDown}{ArrowDown}{Shift>}{ArrowDown}{/Shift}{/Control}");
  expect(await screen.findByRole("heading", { name: "5 files" })).toBeVisible();
});

test("a click beside the rows chooses nothing", async () => {
  const { user } = await openWindow();
  await user.click(await row(/^Launch film/));
  await chosenRow(/^Launch film/);
  await user.click(grid());
  await waitFor(() => expect(screen.queryByRole("row", { selected: true })).toBeNull());
});

test("rows that stand elsewhere once all is read are shown there; choice and cursor go with them", async () => {
  const names = ["d", "c", "b", "a"].map((name) => file("", `${name}.txt`, 1, 0));
  const { user, fake } = await openWindow({
    ...scenarios.many,
    folders: { "acme-video/": names },
    readsAtOnce: 1,
  });
  await row(/^d\.txt/);
  act(fake.readOn);
  await user.click(await row(/^c\.txt/));
  await chosenRow(/^c\.txt/);
  expect(screen.getByText(/the order is not final/)).toBeVisible();
  act(fake.readOn);
  act(fake.readOn);
  await waitFor(() => {
    const shown = screen.getAllByRole("rowheader").map((cell) => cell.textContent);
    expect(shown).toEqual(["a.txt", "b.txt", "c.txt", "d.txt"]);
  });
  expect(await chosenRow(/^c\.txt/)).toHaveAttribute("aria-rowindex", "4");
  await waitFor(() => expect(screen.getByRole("row", { name: /^c\.txt/ })).toHaveFocus());
  await user.keyboard("{ArrowDown}");
  expect(await chosenRow(/^d\.txt/)).toHaveFocus();
});

test("reading stops when the person says so, and goes on when they do", async () => {
  const { user, fake } = await openWindow({ ...scenarios.many, readsAtOnce: 1_000 });
  await row(/^Photo 0001/);
  expect(grid()).toHaveAttribute("aria-rowcount", "-1");
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText(/^1,000 items; there may be more/)).toBeVisible();
  expect(screen.getByText("In the list: 1,000 items; there may be more")).toBeInTheDocument();
  fake.scenario.readsAtOnce = Number.POSITIVE_INFINITY;
  expect(screen.getByRole("button", { name: "Load the rest" })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(await screen.findByText(/^2,500 items\./)).toBeVisible();
});

test("leaving a folder closes it", async () => {
  const { user, fake } = await openWindow();
  await user.dblClick(await row(/^Photos/));
  await screen.findByRole("heading", { name: "This folder is empty" });
  expect(asked(fake, "closeFolder")).toEqual([[1]]);
});

test("coming back to the front shows what others have changed, and keeps choice and place", async () => {
  const { user, fake } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0003/));
  await chosenRow(/^Photo 0003/);
  const add = (name: string) => {
    const known = fake.scenario.folders["acme-video/"] as ReturnType<typeof file>[];
    fake.scenario.folders["acme-video/"] = [...known, file("", name, 1, 0)];
  };
  add("Photo 0000 new.jpg");
  act(() => void window.dispatchEvent(new Event("focus")));
  expect(asked(fake, "reloadFolder")).toEqual([]);
  const { now } = fake.scenario;
  fake.scenario.now = () => now() + 60_000;
  act(() => void window.dispatchEvent(new Event("focus")));
  await row(/^Photo 0000 new/);
  expect(asked(fake, "reloadFolder")).toHaveLength(1);
  expect(await chosenRow(/^Photo 0003/)).toHaveFocus();
});
