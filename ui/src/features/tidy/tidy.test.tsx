import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { taskOf } from "../../ipc/fakeTasks";
import { asked, button, openWindow, row, violations } from "../../testing/open";
import { parentOf } from "./MoveDialog";

const LETTER = {
  kind: "object",
  key: "2026/Autumn launch/Embargo letter.pdf",
  size: 88_000,
};
type Fake = Awaited<ReturnType<typeof openWindow>>["fake"];
type User = Awaited<ReturnType<typeof openWindow>>["user"];
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

describe("the menu and what is chosen", () => {
  test("stay as they are where a head of a column is pressed", async () => {
    const { user } = await openWindow();
    const letter = await row(/Embargo letter/);
    await user.click(letter);
    const head = screen.getByRole("columnheader", { name: "Size" });
    await user.pointer({ keys: "[MouseRight]", target: head });
    expect(screen.queryByRole("menuitem")).toBeNull();
    expect(letter).toHaveAttribute("aria-selected", "true");
  });

  test("do not come later than they were asked for", async () => {
    const { user, fake } = await openWindow();
    const letter = await row(/Embargo letter/);
    const { selectRows } = fake;
    fake.selectRows = () => Promise.reject(fault({ code: "internal" }));
    fireEvent.contextMenu(letter);
    await waitFor(() => expect(letter).toHaveAttribute("aria-selected", "false"));
    fake.selectRows = selectRows;
    await user.click(letter);
    await waitFor(() => expect(letter).toHaveAttribute("aria-selected", "true"));
    expect(screen.queryByRole("menuitem")).toBeNull();
  });
});

/** Keeps back what choosing answers, until it is called. */
function heldChoice(fake: Fake): () => void {
  const { selectRows } = fake;
  let go = () => {};
  const held = new Promise<void>((done) => {
    go = done;
  });
  fake.selectRows = (id, act) => held.then(() => selectRows(id, act));
  return go;
}

describe("a key that comes before it is known what is chosen", () => {
  test.each<[string, string, RegExp]>([
    ["F2", "{F2}", /^Rename/],
    ["Delete", "{Delete}", /^Delete/],
  ])("is about what is seen as chosen: %s", async (_, key, title) => {
    const { user, fake } = await openWindow();
    const letter = await row(/Embargo letter/);
    const go = heldChoice(fake);
    await user.click(letter);
    await user.keyboard(key);
    expect(screen.queryByRole("dialog")).toBeNull();
    go();
    expect(await screen.findByRole("dialog", { name: title })).toBeVisible();
  });

  test("copies its link", async () => {
    const { user, fake } = await openWindow();
    const letter = await row(/Embargo letter/);
    const go = heldChoice(fake);
    await user.click(letter);
    await user.keyboard("{Control>}c{/Control}");
    go();
    expect(await screen.findByText("Link copied and tested")).toBeVisible();
  });

  test("does nothing where that is nothing", async () => {
    const { user } = await openWindow();
    await row(/Embargo letter/);
    await user.keyboard("{Delete}{F2}{Control>}c{/Control}");
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("the focus", () => {
  const menu = (label: RegExp) => async (user: User) => {
    await user.keyboard("{Shift>}{F10}{/Shift}");
    await user.click(await item(label));
  };
  test.each<[string, (user: User) => Promise<void>]>([
    ["a new name by key", (user) => user.keyboard("{F2}")],
    ["a new name by the menu", menu(/Rename/)],
    ["a new folder by key", (user) => user.keyboard("{Control>}{Shift>}N{/Shift}{/Control}")],
    ["a new folder by the menu", menu(/New folder/)],
    ["another place by the menu", menu(/Move to/)],
    ["the end of a file by key", (user) => user.keyboard("{Delete}")],
    ["the end of a file by the menu", menu(/Delete/)],
  ])("comes back to its row after the question for %s", async (_, ask) => {
    const { user } = await openWindow();
    const letter = await row(/Embargo letter/);
    await user.click(letter);
    expect(letter).toHaveFocus();
    await ask(user);
    await screen.findByRole("dialog");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await waitFor(() => expect(letter).toHaveFocus());
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
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test.each([
    ["/", ""],
    ["a/", ""],
    ["a//", "a/"],
    ["//", "/"],
    ["a/b/", "a/"],
  ])("leads one folder up from %j to %j", (prefix, up) => {
    expect(parentOf({ bucket: "acme", prefix })).toBe(up);
  });
});

describe("deleting", () => {
  test("asks where nothing is kept, with what goes, and only then deletes", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Photos/));
    await user.keyboard("{Delete}");
    fake.task({ id: 1, name: "Photos", state: "counting", files: 12, bytes: 2_000_000 });
    const asking = await dialog("Delete “⁨Photos⁩” for good?");
    expect(await within(asking).findByText(/^Counting: 12 files so far/)).toBeVisible();
    expect(within(asking).getByRole("status")).toBeEmptyDOMElement();
    expect(within(asking).queryByRole("button", { name: /^Delete/ })).toBeNull();
    fake.task({ id: 1, state: "asking", files: 13 });
    await waitFor(() =>
      expect(within(asking).getByRole("status")).toHaveTextContent("13 files, 2 MB."),
    );
    expect(await within(asking).findByText(/Nobody can bring it back/)).toBeVisible();
    expect(await violations()).toEqual([]);
    expect(asked(fake, "consentTask")).toEqual([]);
    await user.click(await within(asking).findByRole("button", { name: "Delete 13 files" }));
    expect(asked(fake, "consentTask")).toEqual([[1]]);
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  test("goes on asking while the network is away, and claims nothing", async () => {
    const { user, fake } = await openWindow();
    await user.click(await row(/Photos/));
    await user.keyboard("{Delete}");
    fake.task({ id: 1, name: "Photos", state: "counting", files: 12 });
    const asking = await dialog("Delete “⁨Photos⁩” for good?");
    const trouble = fault({ code: "offline", params: { host: "s3.test" } });
    fake.task({ id: 1, state: "waiting", trouble });
    expect(await within(asking).findByRole("alert")).toBeVisible();
    expect(within(asking).getByText(/^Counting: 12 files so far/)).toBeVisible();
    expect(screen.queryByText(/Deleting/)).toBeNull();
    expect(await violations()).toEqual([]);
  });

  test("is said to be undone while that waits, and by what was asked for", async () => {
    const deleted = { keeps: "versions", state: "undoing", name: "photos" } as const;
    const task = taskOf(4, { kind: "delete" }, { ...deleted, files: 500 });
    const { fake } = await openWindow({ tasks: [task] });
    fake.task({ id: 4, state: "waiting" });
    expect(await screen.findAllByText("Bringing back 500 files…")).not.toHaveLength(0);
    expect(screen.queryByText(/Deleting/)).toBeNull();
    const trouble = fault({ code: "offline", params: { host: "s3.test" } });
    fake.task({ id: 4, state: "undone", filesDone: 1, trouble });
    expect(await screen.findAllByText("1 of 500 files are back.")).not.toHaveLength(0);
    fake.task({ id: 4, filesDone: 500, trouble: null });
    expect(await screen.findAllByText("500 files are back.")).not.toHaveLength(0);
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
      { kind: "save", to: "Downloads", intoFolder: true },
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
