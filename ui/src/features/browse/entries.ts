// Entries in the order of the list. Storage answers in the order of bytes, a thousand at a time; a folder that fits
// one answer is shown as a person would sort it, a longer one as it comes, because later answers would tear the order.
import type { Entry, Listing } from "../../ipc/bindings";

/** Names an entry within its place; a folder and an object may share their key. */
export type EntryId = `folder:${string}` | `object:${string}`;
export type FileEntry = Extract<Entry, { kind: "object" }>;
export type FolderEntry = Extract<Entry, { kind: "folder" }>;

export const folderId = (prefix: string): EntryId => `folder:${prefix}`;
export const fileId = (key: string): EntryId => `object:${key}`;
export const entryId = (entry: Entry): EntryId =>
  entry.kind === "folder" ? folderId(entry.prefix) : fileId(entry.key);

export const sameIds = (a: ReadonlySet<EntryId>, b: ReadonlySet<EntryId>) =>
  a.size === b.size && [...a].every((id) => b.has(id));

export function inOrder(pages: readonly Listing[], locale: string): Entry[] {
  const all = pages.flatMap(({ entries }) => entries);
  const first = pages[0];
  if (first !== undefined && first.nextPage === null) {
    const { compare } = new Intl.Collator(locale, { numeric: true });
    all.sort((a, b) => compare(a.name, b.name));
  }
  const folders = all.filter(({ kind }) => kind === "folder");
  return [...folders, ...all.filter(({ kind }) => kind === "object")];
}
