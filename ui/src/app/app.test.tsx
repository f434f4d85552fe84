import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { asked, chosenRow, openWindow, row, violations } from "../testing/open";
import { type ScenarioName, scenarios } from "../testing/world";

const screens: [ScenarioName, string | RegExp][] = [
  ["connect", "Choose how to sign in"],
  ["nothing", "No connection on this computer yet"],
  ["noProfiles", "The profiles were not read."],
  ["locked", "Your choices will not be remembered."],
  ["everyday", /^7 items/],
  ["limited", /^7 items/],
  ["denied", "This folder did not open."],
  ["empty", "This folder is empty"],
  ["noPlace", "Choose a place"],
  ["gone", "The place where you left off is not there any more."],
  ["stuck", "Opening Guestpass…"],
  ["ways", "Until Guestpass is closed"],
  ["noKeys", /^Access keys are not offered/],
  ["brokenPolicy", "Nothing may be shared from this computer."],
  ["endingSoon", "Your sign-in ends at 17:24."],
  ["restricted", "Your organisation allows links of up to 1 day."],
];

test.each(screens)("the screen “%s” has no barrier that a machine can find", async (name, text) => {
  await openWindow(scenarios[name]);
  await screen.findByText(text);
  expect(await violations()).toEqual([]);
});

test("the panel with a chosen file and a copied link has no barrier", async () => {
  const { user } = await openWindow();
  await user.click(await row(/^Launch film/));
  await user.click(await screen.findByRole("radio", { name: "Other…" }));
  await user.click(await screen.findByRole("button", { name: "Copy link" }));
  await screen.findByText("Link copied and tested");
  expect(await violations()).toEqual([]);
});

test("the drop layer has no barrier", async () => {
  const { fake } = await openWindow();
  await row(/^Photos/);
  await act(() => fake.drop({ kind: "over", names: ["a"] }));
  await screen.findByRole("heading", { name: /^Drop 1 file/ });
  expect(await violations()).toEqual([]);
});

test("the main job with keys alone: sign in, open, choose, copy", async () => {
  const { user, fake } = await openWindow(scenarios.connect);
  await screen.findByRole("list", { name: "Connections on this computer" });
  await user.tab();
  expect(document.activeElement).toHaveAccessibleName(/^Marketing/);
  await user.keyboard("{Enter}");
  const place = await screen.findByRole("button", { name: "acme-press" });
  for (let at = 0; at < 10 && document.activeElement !== place; at += 1) await user.tab();
  await user.keyboard("{Enter}");
  const first = await row(/^2025/);
  for (let at = 0; at < 15 && document.activeElement !== first; at += 1) await user.tab();
  expect(first).toHaveFocus();
  await user.keyboard("{ArrowDown}{Enter}");
  expect(await row(/^Autumn launch/)).toHaveFocus();
  await user.keyboard("{Enter}");
  await row(/^Launch film/);
  await user.keyboard("Launch");
  expect(await row(/^Launch film/)).toHaveFocus();
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(await row(/^Launch film/)).toHaveFocus();
  expect(asked(fake, "copyLink")).toHaveLength(1);
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: "Copy link" })).toHaveFocus();
});

test("a fresh start chooses nothing by itself", async () => {
  await openWindow();
  await row(/^Photos/);
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  expect(screen.queryByRole("row", { selected: true })).not.toBeInTheDocument();
  expect(document.body).toHaveFocus();
});

test("Ctrl+C means the row that has the focus, also when Tab led there", async () => {
  const { user, fake } = await openWindow(scenarios.many);
  const first = await row(/^Photo 0001/);
  for (let at = 0; at < 15 && document.activeElement !== first; at += 1) await user.tab();
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(asked(fake, "copyLink")[0]).toMatchObject([{ key: "Photo 0001.jpg" }]);
});

test("Backspace goes up also from the panel's choices", async () => {
  const { user } = await openWindow();
  await user.click(await screen.findByRole("radio", { name: "1 hour" }));
  await user.keyboard("{Backspace}");
  expect(await chosenRow(/^Autumn launch/)).toBeVisible();
});

test("keys keep their usual meaning where text is typed", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.click(await screen.findByRole("button", { name: "Add a place" }));
  await user.type(await screen.findByRole("textbox"), "abc{Backspace}");
  expect(screen.getByRole("textbox")).toHaveValue("ab");
  expect(asked(fake, "rememberPlace")).toHaveLength(1);
});

test("numbers and dates follow the person's locale", async () => {
  const { user } = await openWindow({}, "de-DE");
  await user.click(await row(/^Raw footage/));
  expect(await screen.findByText("18,4 GB")).toBeVisible();
  expect(await screen.findByText(/Donnerstag, 26\. November, 17:20/)).toBeVisible();
});
