// The small picture in front of a name: of the file itself where it is a picture, else of its kind.
import { useEffect, useState } from "react";
import { FileIcon } from "../../components/FileIcon";
import { fileKind } from "../../i18n/kinds";
import type { Entry } from "../../ipc/bindings";
import { useThumbnails } from "../../ipc/context";
import type { FolderAddress } from "../../ipc/openFolder";
import styles from "./FileTable.module.css";

export function RowPicture({ folder, entry }: { folder: FolderAddress; entry: Entry }) {
  if (entry.kind === "folder") return <FileIcon kind="folder" />;
  const kind = fileKind(entry.name);
  if (kind !== "image") return <FileIcon kind={kind} />;
  const { key, size, modifiedAt } = entry;
  return <Small key={`${key} ${size} ${modifiedAt}`} folder={folder} file={entry} />;
}

type FileEntry = Extract<Entry, { kind: "object" }>;

function Small({ folder, file }: { folder: FolderAddress; file: FileEntry }) {
  const thumbnails = useThumbnails();
  const [url, setUrl] = useState<string | null>(null);
  const [isSeen, setSeen] = useState(false);
  const { profile, place } = folder;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is another element; the same is read anew at times
  useEffect(() => {
    const { key, size, modifiedAt, storageClass } = file;
    const listed = { key, size, modifiedAt, storageClass };
    return thumbnails.want(profile, place.bucket, listed, setUrl);
  }, [thumbnails, profile, place.bucket]);
  return (
    <>
      {!isSeen && <FileIcon kind="image" />}
      {url !== null && (
        <img
          className={styles.small}
          hidden={!isSeen}
          src={url}
          alt=""
          onLoad={() => setSeen(true)}
          onError={() => setUrl(null)}
        />
      )}
    </>
  );
}
