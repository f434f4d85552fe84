// What names an entry.
import type { Entry, RowRef } from "../../ipc/bindings";

/** Names an entry within its place; a folder and an object may share their key. */
export type EntryId = `folder:${string}` | `object:${string}`;
export type FileEntry = Extract<Entry, { kind: "object" }>;
export type FolderEntry = Extract<Entry, { kind: "folder" }>;

export const folderId = (prefix: string): EntryId => `folder:${prefix}`;
export const fileId = (key: string): EntryId => `object:${key}`;
export const entryId = (entry: Entry): EntryId =>
  entry.kind === "folder" ? folderId(entry.prefix) : fileId(entry.key);

export const refOfId = (id: EntryId): RowRef =>
  id.startsWith("folder:")
    ? { kind: "folder", key: id.slice("folder:".length) }
    : { kind: "object", key: id.slice("object:".length) };
