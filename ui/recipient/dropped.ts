// What was dropped: files, and the files of folders with the folders before their names.
import type { Item } from "./send";

export async function dropped(transfer: DataTransfer): Promise<Item[]> {
  // The list is emptied as soon as the event is over, so all of it is taken before anything is awaited.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = chosen(transfer.files);
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found = await Promise.all(entries.map((entry) => (entry ? below(entry, "") : [])));
  return found.flat();
}

export const chosen = (files: Iterable<File> | ArrayLike<File>): Item[] =>
  Array.from(files, (file) => ({ file, path: file.name }));

async function below(entry: FileSystemEntry, folder: string): Promise<Item[]> {
  const path = folder + entry.name;
  try {
    if (entry.isFile) return [{ file: await fileOf(entry as FileSystemFileEntry), path }];
    const inside = await all((entry as FileSystemDirectoryEntry).createReader());
    return (await Promise.all(inside.map((one) => below(one, `${path}/`)))).flat();
  } catch {
    // Said in the list, or it would be missed by nobody.
    return [{ file: new File([], entry.name), path, isUnreadable: true }];
  }
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a hundred at a time, and nothing at its end. */
async function all(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return found;
    found.push(...some);
  }
}
