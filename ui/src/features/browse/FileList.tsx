// The open place in each of its states: being read, refused, empty, or listed.
import { FolderOpen, Inbox } from "lucide-react";
import { Blank } from "../../components/Blank";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Skeleton";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated, placeName } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Entry, Place } from "../../ipc/bindings";
import type { EntryId } from "./entries";
import styles from "./FileList.module.css";
import { FileTable } from "./FileTable";
import type { Folder } from "./useFolder";

interface Props {
  place: Place | null;
  folder: Folder;
  profileName: string;
  /** Where IT wants uploads. */
  uploadTo: Place | null;
  /** The place was opened because the last session ended there. */
  isRecalled: boolean;
  chosen: ReadonlySet<EntryId>;
  /** Files whose links were copied by sending them, in this session. */
  lent: ReadonlySet<string>;
  isCopying: boolean;
  onChoose: (ids: ReadonlySet<EntryId>) => void;
  onEnter: (entry: Entry) => void;
  onCopy: () => void;
}

export function FileList({ place, folder, profileName, isRecalled, uploadTo, ...rest }: Props) {
  const say = useSay();
  if (place === null) return <NoPlace />;
  if (folder.error?.code === "bucketMissing" && isRecalled)
    return <Gone name={isolated(place.bucket)} profile={isolated(profileName)} />;
  if (folder.error)
    return (
      <div className={styles.middle}>
        <ErrorNotice error={folder.error} task="open" actions={<Retry onPress={folder.reload} />} />
      </div>
    );
  if (folder.isLoading)
    return <Skeleton label={say("browse.opening", { name: isolated(placeName(place)) })} />;
  if (folder.entries.length === 0 && !folder.hasMore) return <EmptyFolder uploadTo={uploadTo} />;
  return (
    <>
      <FileTable key={`${place.bucket}/${place.prefix}`} folder={folder} {...rest} />
      {folder.laterError && (
        <div className={styles.later}>
          <ErrorNotice
            error={folder.laterError}
            task="open"
            actions={<Retry onPress={folder.hasMore ? folder.retryMore : folder.reload} />}
          />
        </div>
      )}
    </>
  );
}

function Retry({ onPress }: { onPress: () => void }) {
  return (
    <Button onPress={onPress}>
      <Say id="browse.retry" />
    </Button>
  );
}

function Gone(values: { name: string; profile: string }) {
  return (
    <div className={styles.middle}>
      <Notice tone="warn" role="alert" title={<Say id="browse.gone.what" />}>
        <p>
          <Say id="browse.gone.why" values={values} /> <Say id="browse.gone.next" />
        </p>
      </Notice>
    </div>
  );
}

function NoPlace() {
  return (
    <Blank isMain picture={<FolderOpen />} heading={<Say id="browse.noPlace.heading" />}>
      <p>
        <Say id="browse.noPlace.body" />
      </p>
    </Blank>
  );
}

function EmptyFolder({ uploadTo }: { uploadTo: Place | null }) {
  return (
    <Blank picture={<Inbox />} heading={<Say id="browse.empty.heading" />}>
      <p>
        {uploadTo === null ? (
          <Say id="browse.empty.body" />
        ) : (
          <Say id="browse.empty.elsewhere" values={{ name: isolated(placeName(uploadTo)) }} />
        )}
      </p>
    </Blank>
  );
}
