// What a file is to a person, told by its name's ending, and whether browsers show such a file. A guess for words,
// pictures and the first choice in the panel; nothing depends on its being right.
import type { Disposition } from "../ipc/bindings";

export type FileKind =
  | "image"
  | "video"
  | "audio"
  | "pdf"
  | "text"
  | "document"
  | "sheet"
  | "slides"
  | "archive"
  | "page"
  | "other";

interface Ending {
  kind: FileKind;
  shown: boolean;
}

const group = (kind: FileKind, shown: boolean, endings: string): [string, Ending][] =>
  endings.split(" ").map((ending) => [ending, { kind, shown }]);

const ENDINGS = new Map<string, Ending>([
  ...group("image", true, "jpg jpeg jfif png gif webp avif bmp ico"),
  ...group("image", false, "tif tiff heic heif psd ai eps raw dng cr2 nef"),
  ...group("video", true, "mp4 m4v webm mov ogv"),
  ...group("video", false, "avi mkv wmv mxf mpg mpeg mts prores"),
  ...group("audio", true, "mp3 m4a aac wav flac ogg oga opus"),
  ...group("audio", false, "aif aiff wma mid"),
  ...group("pdf", true, "pdf"),
  ...group("text", true, "txt log md"),
  ...group("document", false, "doc docx odt rtf pages indd"),
  ...group("sheet", false, "xls xlsx ods csv tsv numbers"),
  ...group("slides", false, "ppt pptx odp key"),
  ...group("archive", false, "zip 7z rar tar gz tgz bz2 xz zst dmg iso"),
  // A page that runs in a browser could pretend to be the sender's: always a download.
  ...group("page", false, "html htm xhtml xht svg svgz xml xsl mhtml"),
]);

export function endingOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

const lookUp = (name: string): Ending =>
  ENDINGS.get(endingOf(name)) ?? { kind: "other", shown: false };

export const fileKind = (name: string): FileKind => lookUp(name).kind;

export const isPlayed = (name: string) => ["video", "audio"].includes(fileKind(name));

export const mustDownload = (name: string) => fileKind(name) === "page";

export const usualDisposition = (name: string): Disposition =>
  lookUp(name).shown ? "inline" : "attachment";

/** One choice for a whole drop: shown in the browser only if every file of it can be. */
export const dispositionForAll = (names: readonly string[]): Disposition =>
  names.length > 0 && names.every((name) => usualDisposition(name) === "inline")
    ? "inline"
    : "attachment";
