import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Scenario } from "../../ipc/fake";
import { asked, button, chosenRow, openWindow, radio, row, violations } from "../../testing/open";
import { file } from "../../testing/world";

const names = () =>
  screen.getAllByRole("rowheader").map((cell) => cell.textContent?.replace(/ folder$/, ""));
const field = () => screen.findByRole("searchbox", { name: "Search this folder" });
const search = async () => (await field()) as HTMLInputElement;
const UP: Partial<Scenario> = {
  recalled: {
    profile: "aws:marketing",
    place: { bucket: "acme-press", prefix: "" },
    memory: "kept",
  },
};

test("what is typed filters the folder at once, whatever its case and accents", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.keyboard("{Control>}f{/Control}");
  expect(await search()).toHaveFocus();
  await user.keyboard("UBERSICHT");
  await waitFor(() => expect(names()).toEqual(["Übersicht – 新製品.docx"]));
  expect(screen.getByText("1 item found, 7 looked at.")).toBeVisible();
  expect(screen.getByText("Übersicht", { selector: "mark" })).toBeVisible();
  expect(await violations()).toEqual([]);
  await user.keyboard("{Enter}");
  expect(await row(/^Übersicht/)).toHaveFocus();
});

test("Escape ends the search", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.type(await search(), "film");
  await waitFor(() => expect(names()).toEqual(["Launch film, final cut.mp4"]));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(names()).toHaveLength(7));
  expect(await search()).toHaveValue("");
});

test("where nothing is found, that is said, and looking in subfolders is offered", async () => {
  const { user } = await openWindow(UP);
  await row(/^2026/);
  await user.type(await search(), "film");
  expect(await screen.findByRole("heading", { name: /^Nothing with .*film/ })).toBeVisible();
  expect(screen.getByText(/^2 items were looked at\./)).toBeVisible();
  await user.click(await button("Look in all subfolders"));
  const found = await row(/^Launch film/);
  expect(within(found).getByText("2026/Autumn launch/")).toBeVisible();
  expect(await radio("All subfolders")).toBeChecked();
  await user.keyboard("{Escape}");
  await row(/^2025/);
  expect(await search()).toHaveValue("");
});

test("a search below is honest while it runs, and can be stopped", async () => {
  const { user, fake } = await openWindow({ ...UP, readsAtOnce: 2 });
  await row(/^2026/);
  await user.type(await search(), "docx");
  await user.click(await radio("All subfolders"));
  expect(await screen.findByRole("heading", { name: /^Nothing with .*docx.* yet/ })).toBeVisible();
  expect(screen.getByText(/^Nothing found so far, 2 looked at…/)).toBeVisible();
  act(fake.readOn);
  expect(await screen.findByText(/^Nothing found so far, 4 looked at…/)).toBeVisible();
  await user.click(await button("Stop"));
  expect(await screen.findByText(/the search was stopped/)).toBeVisible();
});

test("another search below is read anew, and can be stopped as well", async () => {
  const { user, fake } = await openWindow(UP);
  await row(/^2026/);
  await user.type(await search(), "film");
  await user.click(await radio("All subfolders"));
  await row(/^Launch film/);
  fake.scenario.readsAtOnce = 2;
  await user.type(await search(), " docx");
  expect(await screen.findByRole("heading", { name: /^Nothing with .*docx.* yet/ })).toBeVisible();
  await user.click(await button("Stop"));
  expect(await screen.findByText(/the search was stopped/)).toBeVisible();
});

test("figures are told with the search that they belong to", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.type(await search(), "zzz");
  await screen.findByRole("heading", { name: /^Nothing with .*zzz/ });
  fake.arrangeFolder = () => new Promise(() => undefined);
  await user.clear(await search());
  expect(screen.getByRole("heading", { name: /^Nothing with .*zzz/ })).toBeVisible();
  expect(screen.queryByRole("heading", { name: "This folder is empty" })).toBeNull();
});

test("the place where a search began keeps it; another place begins without", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.type(await search(), "film");
  await user.click(await button("acme-video"));
  await row(/^Photo 0001/);
  expect(await search()).toHaveValue("");
});

test("a head sorts by its column, and once more the other way round", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  const head = (name: string) => screen.getByRole("columnheader", { name });
  expect(head("Name")).toHaveAttribute("aria-sort", "ascending");
  await user.click(await button("Size"));
  await waitFor(() =>
    expect(names().slice(0, 4)).toEqual([
      "Photos",
      "Press kit",
      "Embargo letter.pdf",
      "Übersicht – 新製品.docx",
    ]),
  );
  expect(head("Size")).toHaveAttribute("aria-sort", "ascending");
  expect(head("Name")).toHaveAttribute("aria-sort", "none");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(names()[2]).toBe("Raw footage.zip"));
  expect(head("Size")).toHaveAttribute("aria-sort", "descending");
  await user.keyboard("{ArrowRight}");
  expect(await button("Changed")).toHaveFocus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(names()[2]).toBe("Raw footage.zip"));
  expect(asked(fake, "openFolder")).toHaveLength(1);
});

test("the order stays for the next folder", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  await user.click(await button("Size"));
  await user.click(await button("acme-video"));
  await row(/^Photo 0001/);
  expect(asked(fake, "openFolder").at(-1)?.[3]).toMatchObject({ sort: "size" });
});

test("the palette goes to a place or a recent folder by typing", async () => {
  const { user } = await openWindow();
  await user.dblClick(await row(/^Photos/));
  await screen.findByRole("heading", { name: "This folder is empty" });
  await user.keyboard("{Control>}k{/Control}");
  const dialog = within(await screen.findByRole("dialog", { name: "Go to a place or folder" }));
  expect(await dialog.findByRole("option", { name: /Photos/ })).toBeVisible();
  expect(await violations()).toEqual([]);
  await user.keyboard("video");
  await waitFor(() => expect(dialog.queryByRole("option", { name: /Photos/ })).toBeNull());
  await user.keyboard("{Enter}");
  await row(/^Photo 0001/);
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
});

test("a pasted address opens the folder and chooses the file, as soon as it has been read", async () => {
  const { user, fake } = await openWindow({ readsAtOnce: 1_000 });
  await user.click(await button("Go to a place or folder"));
  await user.paste("s3://acme-video/Photo 2100.jpg");
  await user.keyboard("{Enter}");
  await row(/^Photo 0001/);
  expect(screen.queryByRole("row", { selected: true })).not.toBeInTheDocument();
  act(fake.readOn);
  act(fake.readOn);
  expect(await chosenRow(/^Photo 2100/)).toBeVisible();
  expect(screen.getByRole("heading", { name: "Photo 2100.jpg" })).toBeVisible();
});

test("Enter means the first choice after deleting, too, and nothing where nothing is typed", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("dialog");
  await user.keyboard("{Enter}");
  expect(screen.getByRole("dialog")).toBeVisible();
  await user.keyboard("videoo{Backspace}{Enter}");
  await row(/^Photo 0001/);
});

test("an address that leads nowhere says so, and can be mended", async () => {
  const { user } = await openWindow();
  await row(/^Photos/);
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("Not a name!{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("This address leads nowhere.");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a file of this folder is found although a search hides it", async () => {
  const { user, fake } = await openWindow();
  await row(/^Photos/);
  fake.scenario.folders["acme-press/x/"] = [file("x/", "film two.mp4", 1, 0)];
  await user.type(await search(), "zip");
  await waitFor(() => expect(names()).toEqual(["Raw footage.zip"]));
  await user.keyboard("{Control>}k{/Control}");
  await user.keyboard("s3://acme-press/2026/Autumn launch/Launch film, final cut.mp4{Enter}");
  expect(await chosenRow(/^Launch film/)).toBeVisible();
});
