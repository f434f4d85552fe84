import { expect, test, vi } from "vitest";
import { asked } from "../testing/open";
import { fakeFor } from "../testing/world";
import type { Arrangement, FolderState } from "./bindings";
import { fault } from "./fake";
import { keepFolders } from "./folders";

const shown = (change: Partial<Arrangement> = {}): Arrangement => ({
  ...{ sort: "name", descending: false, search: "", locale: "en" },
  ...change,
});

/** A folder that has been read, with the channel on which its states come. */
async function opened() {
  const fake = fakeFor();
  const { openFolder } = fake;
  let tell: (state: FolderState) => void = () => undefined;
  fake.openFolder = (profile, place, depth, arrangement, onState) => {
    tell = onState;
    return openFolder(profile, place, depth, arrangement, onState);
  };
  const place = { bucket: "acme-press", prefix: "2026/Autumn launch/" };
  const folder = keepFolders(fake).at({ profile: "aws:marketing", place, depth: "here" });
  folder.start(shown());
  await vi.waitFor(() => expect(folder.view().state?.isComplete).toBe(true));
  return { fake, folder, tell: (state: FolderState) => tell(state) };
}

test("a state that was overtaken on its way is not taken, whatever it says", async () => {
  const { folder, tell } = await opened();
  const last = folder.view().state as FolderState;
  tell({ ...last, sequence: last.sequence - 1, isReading: true, isComplete: false });
  expect(folder.view().state).toBe(last);
  tell({ ...last, sequence: last.sequence + 1, isReading: true });
  expect(folder.view().state?.isReading).toBe(true);
});

test("a search that is refused is said, and is asked for again by reading again", async () => {
  const { fake, folder, tell } = await opened();
  const { arrangeFolder } = fake;
  fake.arrangeFolder = () =>
    Promise.reject(fault({ code: "credentialsMissing", params: { profile: "Marketing" } }));
  folder.arrange(shown({ search: "film" }));
  await vi.waitFor(() => expect(folder.view().error?.code).toBe("credentialsMissing"));
  const known = folder.view().state as FolderState;
  expect(known.search).toBe("");
  tell({ ...known, sequence: known.sequence + 0.5 });
  expect(folder.view().error?.code).toBe("credentialsMissing");
  fake.arrangeFolder = arrangeFolder;
  folder.reload();
  await vi.waitFor(() => expect(folder.view().state?.search).toBe("film"));
  expect(folder.view().error).toBeNull();
  expect(asked(fake, "reloadFolder")).toEqual([]);
});

test("reading again that is refused is said", async () => {
  const { fake, folder } = await opened();
  fake.reloadFolder = () =>
    Promise.reject(fault({ code: "credentialsMissing", params: { profile: "Marketing" } }));
  folder.reload();
  await vi.waitFor(() => expect(folder.view().error?.code).toBe("credentialsMissing"));
});

test("what is chosen stands in the order of the list, also in another one", async () => {
  const { folder } = await opened();
  const names = () => folder.selected().entries.map(({ name }) => name);
  await folder.select({ act: "all" });
  const before = names();
  expect(before.length).toBeGreaterThan(2);
  const { revision } = folder.selected().selection;
  folder.arrange(shown({ sort: "size", descending: true }));
  await vi.waitFor(() => expect(names()).not.toEqual(before));
  expect(folder.selected().selection.revision).toBe(revision);
});
