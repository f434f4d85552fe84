import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { taskOf } from "../../ipc/fakeTasks";
import { asked, button, openWindow, row, violations } from "../../testing/open";

const LETTER = {
  kind: "object",
  key: "2026/Autumn launch/Embargo letter.pdf",
  size: 88_000,
};
const item = (name: string | RegExp) => screen.findByRole("menuitem", { name });
const dialog = (name: string | RegExp) => screen.findByRole("dialog", { name });

describe("the menu", () => {
  test("opens by the right button on the row that it is about, without barriers", async () => {
    const { user } = await openWindow();
    const letter = await row(/Embargo letter/);
    await user.pointer({ keys: "[MouseRight]", target: letter });
    expect(await item(/Rename/)).toBeVisible();
    expect(letter).toHaveAttribute("aria-selected", "true");
    expect(screen.getAllByRole("menuitem").map(({ textContent }) => textContent)).toEqual([
      "Save as…Ctrl+S",
      "Rename…F2",
      "Move to…",
      "DeleteDel",
      "New folder…Ctrl+Shift+N",
    ]);
    expect(await violations()).toEqual([]);
  });

  test("opens by the keys for it, and by the button beside the list", async () => {
    const { user } = await openWindow();
    const letter = await row(/Embargo letter/);
    await user.click(letter);
    await user.keyboard("{Shift>}{F10}{/Shift}");
    expect(await item(/Rename/)).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("menuitem")).toBeNull());
    fireEvent.keyDown(letter, { key: "ContextMenu" });
    expect(await item(/Rename/)).toBeVisible();
    await user.keyboard("{Escape}");
    await user.click(await button("More"));
    expect(await item(/Move to/)).toBeVisible();
  });

  test("of a folder with nothing chosen makes folders alone", async () => {
    const { user } = await openWindow();
    await row(/Embargo letter/);
    await user.click(await button("More"));
    expect(screen.getAllByRole("menuitem")).toHaveLength(1);
    await user.click(await item(/New folder/));
    expect(await dialog("New folder in “⁨Autumn launch⁩”")).toBeVisible();
  });

  test("of several leaves renaming out", async () => {
    const { user } = await openWindow();
    await user.click(await row(/Embargo letter/));
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    await waitFor(() => expect(screen.getAllByRole("row", { selected: true })).toHaveLength(2));
    await user.click(await button("More"));
    expect(screen.queryByRole("menuitem", { name: /Rename/ })).toBeNull();
    expect(await item(/Move to/)).toBeVisible();
  });
});

describe("a new folder", () => {
  test("is made by its name, and says why it is not", async () => {
    const { user, fake } = await openWindow();
    await row(/Embargo letter/);
    await user.keyboard("{Control>}{Shift>}N{/Shift}{/Control}");
    await dialog(/New folder/);
    expect(await violations()).toEqual([]);
    fake.scenario.tidyError = fault({ code: "nameTaken", params: { name: "Photos" } });
    await user.keyboard("Photos{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent(/called “⁨Photos⁩” already/);
    fake.scenario.tidyError = null;
    await user.keyboard(" 2{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(asked(fake, "newFolder").at(-1)?.at(2)).toBe("Photos 2");
  });
});

describe("another name", () => {
  test("is typed over what stands before the ending, and links are told to end", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Embargo letter/));
    await user.keyboard("{F2}");
    const asking = await dialog("Rename “⁨Embargo letter.pdf⁩”");
    expect(within(asking).getByText("Links to it stop working.")).toBeVisible();
    expect(await violations()).toEqual([]);
    await user.keyboard("Letter{Enter}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(asked(fake, "renameRow")).toMatchObject([
      ["aws:marketing", "acme-press", LETTER, "Letter.pdf"],
    ]);
    fake.task({ id: 1, state: "finished", name: "Embargo letter.pdf", filesDone: 1 });
    expect(await screen.findAllByText(/is called “⁨Letter.pdf⁩” now/)).not.toHaveLength(0);
  });
});

describe("moving", () => {
  test("walks through the folders, and goes nowhere where it is already", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Embargo letter/));
    await user.click(await button("More"));
    await user.click(await item(/Move to/));
    const asking = await dialog("Move “⁨Embargo letter.pdf⁩”");
    expect(within(asking).getByRole("button", { name: /^Move to/ })).toBeDisabled();
    await user.click(await within(asking).findByRole("option", { name: "Photos" }));
    expect(
      await within(asking).findByText(/acme-press\/2026\/Autumn launch\/Photos\//),
    ).toBeVisible();
    expect(await violations()).toEqual([]);
    await user.click(within(asking).getByRole("button", { name: "Move to “⁨Photos⁩”" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const to = { bucket: "acme-press", prefix: "2026/Autumn launch/Photos/" };
    expect(asked(fake, "moveRows")).toMatchObject([
      ["aws:marketing", "acme-press", { kind: "rows", rows: [LETTER] }, to],
    ]);
  });

  test("leads up with the keys alone", async () => {
    const { user } = await openWindow();
    await user.click(await row(/Embargo letter/));
    await user.click(await button("More"));
    await user.click(await item(/Move to/));
    await dialog(/Move/);
    await screen.findByRole("option", { name: "Photos" });
    await user.keyboard("{Home}{Enter}");
    expect(await screen.findByText(/^To: ⁨acme-press\/2026\/⁩$/)).toBeVisible();
  });
});

describe("deleting", () => {
  test("asks where nothing is kept, with what goes, and only then deletes", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Photos/));
    await user.keyboard("{Delete}");
    fake.task({ id: 1, name: "Photos", state: "counting", files: 12, bytes: 2_000_000 });
    const asking = await dialog("Delete “⁨Photos⁩” for good?");
    expect(within(asking).getByRole("status")).toHaveTextContent("Counting: 12 files so far");
    expect(within(asking).queryByRole("button", { name: /^Delete/ })).toBeNull();
    fake.task({ id: 1, state: "asking", files: 13 });
    expect(await within(asking).findByText(/Nobody can bring it back/)).toBeVisible();
    expect(await violations()).toEqual([]);
    expect(asked(fake, "consentTask")).toEqual([]);
    await user.click(await within(asking).findByRole("button", { name: "Delete 13 files" }));
    expect(asked(fake, "consentTask")).toEqual([[1]]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("keeps everything where one changes one's mind", async () => {
    const { user, fake } = await openWindow({ keeps: "notSaid" });
    await user.click(await row(/Embargo letter/));
    await user.keyboard("{Delete}");
    await dialog(/for good/);
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(asked(fake, "forgetTask")).toEqual([[1]]);
    expect(asked(fake, "consentTask")).toEqual([]);
  });

  test("is undone where versions are kept, until something else is done", async () => {
    const { user, fake } = await openWindow({ keeps: "versions" });
    await user.click(await row(/Embargo letter/));
    await user.keyboard("{Delete}");
    await user.click(await button("Undo"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(asked(fake, "undoTask")).toEqual([[1]]);
    await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
    expect(await violations()).toEqual([]);
  });

  test("is not meant by the key beside the list", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Embargo letter/));
    (await button("More")).focus();
    await user.keyboard("{Delete}");
    expect(asked(fake, "deleteRows")).toEqual([]);
  });

  test("says why it did not begin", async () => {
    const refused = fault({ code: "forbidden", params: { rule: "uploadPlace", allowed: null } });
    const { user } = await openWindow({ tidyError: refused });
    await user.click(await row(/Embargo letter/));
    await user.keyboard("{Delete}");
    expect(await screen.findByRole("alert")).toHaveTextContent("It was not deleted.");
  });
});

describe("saving", () => {
  test("is asked for by Ctrl+S, shown as it goes, paused and stopped", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Embargo letter/));
    await user.keyboard("{Control>}s{/Control}");
    fake.task({ id: 1, name: "Embargo letter.pdf", bytes: 100, bytesDone: 40 });
    expect(await screen.findByRole("progressbar", { name: /Saving/ })).toHaveAttribute(
      "aria-valuenow",
      "40",
    );
    await user.click(await button("Pause"));
    await user.click(await button("Go on"));
    await user.click(await button("Stop"));
    expect(fake.calls.map(([call]) => call).filter((call) => call.endsWith("Task"))).toEqual([
      "pauseTask",
      "resumeTask",
      "cancelTask",
    ]);
  });

  test("tells by name what did not arrive", async () => {
    const error = fault({ code: "diskFull", params: { name: "b.mov" } });
    const task = taskOf(
      3,
      { kind: "save", to: "Downloads" },
      {
        ...{ state: "finished", files: 3, filesDone: 3, filesFailed: 1 },
        ...{ failed: [{ name: "a/b.mov", error }] },
      },
    );
    const { user } = await openWindow({ tasks: [task] });
    expect(await screen.findAllByText(/2 of 3 files were saved/)).not.toHaveLength(0);
    await user.click(await screen.findByText("1 file that stayed as it was"));
    expect(screen.getByText(/no room left on this computer for “⁨b.mov⁩”/)).toBeVisible();
    expect(await violations()).toEqual([]);
  });
});
