// What a file is, in words: "JPEG image", "Video (MP4)". By its ending; where that tells nothing, by the type that is
// stored with it.
import { endingOf, type FileKind, fileKind } from "../../i18n/kinds";
import { visible } from "../../i18n/names";
import type { MessageId, Values } from "../../i18n/say";

/** Endings that are not what people call the format. */
const CALLED: Record<string, string> = {
  ...{ jpg: "JPEG", jfif: "JPEG", tif: "TIFF", heif: "HEIC", webp: "WebP", m4v: "MP4" },
  ...{ mov: "QuickTime", webm: "WebM", mkv: "Matroska", ogv: "Ogg", oga: "Ogg", opus: "Opus" },
  ...{ m4a: "AAC", aif: "AIFF", mid: "MIDI", md: "Markdown", htm: "HTML", tgz: "TAR" },
  ...{ docx: "Word", doc: "Word", xlsx: "Excel", xls: "Excel", pptx: "PowerPoint" },
  ppt: "PowerPoint",
};

/** Endings whose stored type is guessed from them, and says of a program or a list that it is a film or a sound. */
const MISTAKEN = ["ts", "m3u", "m3u8", "pls"];

const STORED: [string, FileKind][] = [
  ["image/", "image"],
  ["video/", "video"],
  ["audio/", "audio"],
  ["application/pdf", "pdf"],
  ["text/", "text"],
];

export function fileType(
  name: string,
  contentType: string | null,
): { id: MessageId; values: Values } {
  const ending = endingOf(name);
  const stored = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  const byName = fileKind(name);
  const kind =
    byName === "other" && !MISTAKEN.includes(ending)
      ? (STORED.find(([start]) => stored.startsWith(start))?.[1] ?? byName)
      : byName;
  const byType = byName === "other" && kind !== "other" ? stored.split("/")[1] : undefined;
  const format = visible(CALLED[byType ?? ending] ?? (byType ?? ending).toUpperCase());
  return { id: format === "" ? "fileType.plain" : `fileType.${kind}`, values: { format } };
}
