// The key of a file that arrives. Its name gets a few random characters before the ending, so that nothing that is
// there can be overwritten, and whoever opens the folder later still reads names, not a folder for each file.
const MAX_BYTES = 1024;
const RANDOM_CHARS = 8;

/** Crockford's alphabet: nothing that is misread on the telephone. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARS));
  return Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}

/** `path` is the file's name, behind the folders that were dropped with it. */
export function keyFor(prefix: string, path: string, mark: string): string {
  const parts = path.split("/").map(plain).filter(Boolean);
  const name = parts.pop() ?? "file";
  const folder = prefix + parts.map((part) => `${part}/`).join("");
  const dot = name.lastIndexOf(".");
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  const rest = ` ${mark}${ending}`;
  return folder + shortened(stem, MAX_BYTES - bytes(folder) - bytes(rest)) + rest;
}

/** No control characters, no folders, no `.` or `..`, which browsers would resolve. */
function plain(part: string): string {
  const clean = part.replace(/[\p{Cc}/\\]/gu, "").trim();
  return clean === "." || clean === ".." ? "_" : clean;
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  while (characters.length > 1 && bytes(characters.join("")) > most) characters.pop();
  return characters.join("");
}

const bytes = (text: string) => new TextEncoder().encode(text).length;
