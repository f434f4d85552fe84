// Names of files, folders and buckets as they are shown. A name is somebody else's text: characters that cannot be
// seen or that turn the reading direction around are replaced by a mark, so that "exe.gpj" cannot look like "jpg.exe".
// The name itself is never changed, only its picture.

// C0 and C1 controls, soft hyphen, Arabic letter mark, zero-width space, direction marks, embeddings and overrides,
// line and paragraph separators, word joiner to isolates, byte order mark, tag characters. The joiners (200C, 200D)
// stay: emoji and several scripts need them.
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\u{e0000}-\u{e007f}]/gu;

export const visible = (name: string) => name.replace(UNSEEN, mark);

// C0 and C1 controls but tabulator and end of line; embeddings, overrides and isolates.
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/** A text of many lines: only what controls a screen or turns its words around, because a text may hold the rest. */
export const visibleText = (text: string) => text.replace(DECEIVING, mark);

function mark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `‹${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}

/** For places that take a string and not an element: the name, shielded from the sentence around it. */
export const isolated = (name: string) => `\u2068${visible(name)}\u2069`;

/** The last segment of a place: its folder, or its bucket. */
export function placeName({ bucket, prefix }: { bucket: string; prefix: string }): string {
  const segments = prefix.endsWith("/") ? prefix.slice(0, -1).split("/") : prefix.split("/");
  return prefix === "" ? bucket : (segments.at(-1) ?? bucket);
}

/** The name that a file gets beside one that has its own: "letter (2).pdf". */
export function anotherName(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > name.lastIndexOf("/") + 1
    ? `${name.slice(0, dot)} (2)${name.slice(dot)}`
    : `${name} (2)`;
}

/** A moment as names of files can carry it everywhere: "2026-11-23" and "17.20", in this computer's time zone. */
export function stamp(now: number): { day: string; time: string } {
  const at = new Date(now);
  const two = (figure: number) => String(figure).padStart(2, "0");
  return {
    day: [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-"),
    time: `${two(at.getHours())}.${two(at.getMinutes())}`,
  };
}

/** The letters on a bucket's tile: of its first two words, or its first two letters. */
export function initials(name: string, count = 2): string {
  const words = visible(name)
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const letters = words.length > 1 ? words.map((word) => [...word][0]) : [...(words[0] ?? "?")];
  return letters.slice(0, count).join("").toUpperCase();
}
