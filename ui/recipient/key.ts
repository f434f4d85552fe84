// The key of a file that arrives. Its name gets a few random characters before the ending, so that nothing that is
// there can be overwritten, and whoever opens the folder later still reads names, not a folder for each file.
const MAX_BYTES = 1024;
const RANDOM_CHARS = 8;
/** Longer ones are a part of a name that happens to have a dot. */
const MAX_ENDING_BYTES = 32;
/** What is left of a name at least, however deep its folders. */
const MIN_STEM_BYTES = 64;

/** Crockford's alphabet: nothing that is misread on the telephone. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARS));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** `path` is the file's name, behind the folders that were dropped with it. */
export function keyFor(prefix: string, path: string, mark: string): string {
  const folders = path.split("/").map(plain).filter(Boolean);
  const [stem, ending] = split(folders.pop() ?? "file");
  const rest = ` ${mark}${ending}`;
  const room = MAX_BYTES - bytes(prefix + rest);
  while (bytes(joined(folders)) > room - MIN_STEM_BYTES && folders.length > 0) folders.pop();
  const folder = joined(folders);
  return prefix + folder + shortened(stem, room - bytes(folder)) + rest;
}

const joined = (folders: string[]) => folders.map((name) => `${name}/`).join("");

/** No control characters, no folders, no `.` or `..`, which browsers would resolve. */
function plain(part: string): string {
  const clean = part
    .normalize("NFC")
    .replace(/[\p{Cc}/\\]/gu, "")
    .trim();
  return clean === "." || clean === ".." ? "_" : clean;
}

function split(name: string): [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  const ending = name.slice(dot);
  return dot > 0 && bytes(ending) <= MAX_ENDING_BYTES ? [name.slice(0, dot), ending] : [name, ""];
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  while (characters.length > 1 && bytes(characters.join("")) > most) characters.pop();
  return characters.join("");
}

const bytes = (text: string) => new TextEncoder().encode(text).length;
