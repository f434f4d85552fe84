import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, chosenRow, openWindow, row } from "../../testing/open";
import { file, folder, scenarios } from "../../testing/world";

const names = () =>
  screen.getAllByRole("rowheader").map((cell) => cell.textContent?.replace(/ folder$/, ""));

test("folders come first and files follow as a person sorts them", async () => {
  await openWindow();
  await row(/^Launch film/);
  expect(names()).toEqual([
    "Photos",
    "Press kit",
    "Embargo letter.pdf",
    "Hero image 4000×2250.jpg",
    "Launch film, final cut.mp4",
    "Raw footage.zip",
    "Übersicht – 新製品.docx",
  ]);
  expect(screen.getByText(/^7 items/)).toBeVisible();
});

test("sizes and dates are told as a person says them", async () => {
  await openWindow();
  const film = await row(/^Launch film/);
  expect(within(film).getByText("214 MB")).toBeVisible();
  expect(within(film).getByText("today, 09:12")).toBeVisible();
  expect(within(await row(/^Embargo/)).getByText("yesterday")).toBeVisible();
});

test("a double click opens a folder; back, forward and the way up find their place again", async () => {
  const { user, fake } = await openWindow({
    recalled: {
      profile: "aws:marketing",
      place: { bucket: "acme-press", prefix: "" },
      memory: "kept",
    },
  });
  await user.dblClick(await row(/^2026/));
  await user.dblClick(await row(/^Autumn launch/));
  await row(/^Launch film/);
  await user.click(await button("Back"));
  expect(await chosenRow(/^Autumn launch/)).toBeVisible();
  await user.click(await button("Forward"));
  await row(/^Launch film/);
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  await row(/^Empty/);
  await user.keyboard("{Alt>}{ArrowRight}{/Alt}");
  await row(/^Launch film/);
  await user.keyboard("{Backspace}");
  expect(await chosenRow(/^Autumn launch/)).toBeVisible();
  await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
  await row(/^2025/);
  expect(await button("Back")).toBeEnabled();
  expect(asked(fake, "rememberPlace").at(-1)).toEqual([
    "aws:marketing",
    { bucket: "acme-press", prefix: "" },
  ]);
});

test("the breadcrumb leads back up", async () => {
  const { user } = await openWindow();
  const breadcrumb = await screen.findByRole("navigation", { name: "Breadcrumb" });
  await user.click(within(breadcrumb).getByRole("button", { name: "acme-press" }));
  await row(/^2025/);
});

test("a place of 2,500 files is shown while it is read, and the count is honest", async () => {
  const { fake } = await openWindow({ ...scenarios.many, readsAtOnce: 1_000 });
  await row(/^Photo 0001/);
  expect(screen.getByText(/^1,000 items so far/)).toBeVisible();
  act(fake.readOn);
  await screen.findByText(/^2,000 items so far/);
  act(fake.readOn);
  await screen.findByText(/^2,500 items\./);
  expect(screen.getAllByRole("row").length).toBeLessThan(100);
});

test("reading that fails is said under what is there, and can be tried again", async () => {
  const { user, fake } = await openWindow({ ...scenarios.many, readsAtOnce: 1_000 });
  await row(/^Photo 0001/);
  fake.scenario.readError = fault({ code: "offline", params: { host: "s3.example" } });
  act(fake.readOn);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(/s3\.example.? did not answer\./);
  expect(await row(/^Photo 0001/)).toBeVisible();
  fake.scenario.readError = null;
  fake.scenario.readsAtOnce = Number.POSITIVE_INFINITY;
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await screen.findByText(/^2,500 items\./);
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("a denied place says what, why and what next, and leaves the others open", async () => {
  const { user } = await openWindow(scenarios.denied);
  const alert = await screen.findByRole("alert");
  expect(screen.queryByText(/^In the list/)).not.toBeInTheDocument();
  expect(alert).toHaveTextContent("This folder did not open.");
  expect(alert).toHaveTextContent(/“.?Marketing.?” is not allowed to look into it\./);
  expect(alert).toHaveTextContent("Open another place, or ask IT for access to this one.");
  expect(within(alert).getByText(/AccessDenied \(403\)/)).not.toBeVisible();
  await user.click(await button("acme-press"));
  await row(/^2025/);
});

test("an empty folder invites a drop", async () => {
  await openWindow(scenarios.empty);
  expect(await screen.findByRole("heading", { name: "This folder is empty" })).toBeVisible();
  expect(screen.getByText(/Drop files here/)).toBeVisible();
});

test("without network the folder says so, and opens when it is tried again", async () => {
  const { user, fake } = await openWindow(scenarios.offline);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Check the network or VPN, then try again.");
  fake.scenario.folders["acme-press/"] = [folder("", "2026")];
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await row(/^2026/);
});

test("reload shows what has come since, by button and by key", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  const here = "acme-press/2026/Autumn launch/";
  const add = (name: string) => {
    const known = fake.scenario.folders[here];
    if (Array.isArray(known))
      fake.scenario.folders[here] = [...known, file("2026/Autumn launch/", name, 10, 0)];
  };
  add("A new one.txt");
  await user.click(await button("Reload"));
  await row(/^A new one/);
  add("By key.txt");
  await user.keyboard("{F5}");
  await row(/^By key/);
  add("By other key.txt");
  await user.keyboard("{Control>}r{/Control}");
  await row(/^By other key/);
});

test("a place that has gone since the last session is said, and the places are there", async () => {
  await openWindow(scenarios.gone);
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The place where you left off is not there any more.",
  );
  expect(await button("acme-video")).toBeVisible();
});

test("a place is added by its name and opened", async () => {
  const { user } = await openWindow(scenarios.noPlace);
  await user.click(await button("Add a place"));
  await user.click(await button("Add"));
  expect(await screen.findByText("Type the name or the address of a place.")).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: "Name or address" }), "Not a name!{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("The place was not added.");
  const field = screen.getByRole("textbox", { name: "Name or address" });
  expect(field).toHaveAttribute("aria-invalid", "true");
  await user.clear(field);
  await user.type(field, "s3://new-place/{Enter}");
  await row(/^Welcome.txt/);
  await user.click(await button(/^Remove .*new-place/));
  await waitFor(() =>
    expect(screen.queryByRole("button", { name: "new-place" })).not.toBeInTheDocument(),
  );
});

test("names are shown so that they cannot mislead", async () => {
  await openWindow(scenarios.odd);
  expect(await row(/^invoice‹202E›fdp\.exe/)).toBeVisible();
  expect(await row(/^line‹000A›break‹200B›hidden\.txt/)).toBeVisible();
});

test("while a folder is read, that is said", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  fake.scenario.delayMs = Number.POSITIVE_INFINITY;
  await user.click(await button("acme-video"));
  expect(await screen.findByText(/^Opening .*acme-video/)).toBeInTheDocument();
});

test("a folder is pinned among the places, opened from there, and taken off again", async () => {
  const { user, fake } = await openWindow();
  const LAUNCH = { bucket: "acme-press", prefix: "2026/Autumn launch/" };
  await user.click(await button("Keep this folder among the places"));
  const places = within(await screen.findByRole("navigation", { name: "Places" }));
  await user.click(await places.findByRole("button", { name: "acme-press" }));
  await user.click(await places.findByRole("button", { name: "Autumn launch" }));
  expect(await row(/^Launch film/)).toBeVisible();
  await user.click(await button("Take this folder off the places"));
  await waitFor(() => expect(places.queryByRole("button", { name: "Autumn launch" })).toBeNull());
  expect(asked(fake, "pinPlace")).toEqual([["aws:marketing", LAUNCH]]);
  expect(asked(fake, "removePlace")).toEqual([["aws:marketing", LAUNCH]]);
});

test("a folder that is not kept among the places says why", async () => {
  const { user, fake } = await openWindow();
  fake.pinPlace = () => Promise.reject(fault({ code: "offline", params: { host: "s3.example" } }));
  await user.click(await button("Keep this folder among the places"));
  expect(await screen.findByRole("alert")).toHaveTextContent("The place was not added.");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
  expect(await button("Keep this folder among the places")).toHaveFocus();
});

test("a bucket that the storage names needs no pin", async () => {
  const { user } = await openWindow();
  await user.click(await button("acme-press"));
  await row(/^2026/);
  expect(screen.queryByRole("button", { name: /among the places/ })).not.toBeInTheDocument();
});
