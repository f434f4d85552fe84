// The picture of a kind of file or of a folder.
import {
  AppWindow,
  AudioLines,
  File,
  FileArchive,
  FileText,
  FileType,
  Film,
  Folder,
  Image,
  type LucideIcon,
  Presentation,
  Sheet,
} from "lucide-react";
import styles from "./FileIcon.module.css";

const PICTURES = {
  folder: Folder,
  image: Image,
  video: Film,
  audio: AudioLines,
  pdf: FileText,
  text: FileText,
  document: FileType,
  sheet: Sheet,
  slides: Presentation,
  archive: FileArchive,
  page: AppWindow,
  other: File,
} satisfies Record<string, LucideIcon>;

export type Pictured = keyof typeof PICTURES;

export function FileIcon({ kind }: { kind: Pictured }) {
  const Picture = PICTURES[kind];
  return <Picture aria-hidden="true" className={styles.icon} data-kind={kind} />;
}
