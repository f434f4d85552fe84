// The open place in each of its states: being read, refused, empty, or listed.
import { FolderOpen, Inbox, SearchX } from "lucide-react";
import { type RefObject, useRef } from "react";
import { Blank } from "../../components/Blank";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Skeleton } from "../../components/Skeleton";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated, placeName } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Entry, FolderState, Place, RowRef, SelectAct } from "../../ipc/bindings";
import type { OpenFolder } from "../../ipc/openFolder";
import type { EntryId } from "./entries";
import styles from "./FileList.module.css";
import { FileTable, type ListHandle } from "./FileTable";
import { type Folder, useFolderView } from "./useFolder";
import type { Looking } from "./useLooking";
import { useSeek } from "./useSeek";

interface Props {
  place: Place | null;
  folder: Folder;
  looking: Looking;
  profileName: string;
  /** Where IT wants uploads. */
  uploadTo: Place | null;
  /** The place was opened because the last session ended there. */
  isRecalled: boolean;
  /** What was chosen when this place was left. */
  before: EntryId | null;
  /** What is to be chosen as soon as it is there. */
  sought: RowRef | null;
  /** Files whose links were copied by sending them, in this session. */
  lent: ReadonlySet<string>;
  isCopying: boolean;
  /** Files are being asked for beside the list, and choosing another would end that. */
  isAsking: boolean;
  ref: RefObject<ListHandle | null>;
  onChoose: (act: SelectAct) => void;
  /** Chooses what was sought. */
  onFound: (act: SelectAct) => void;
  onEnter: (entry: Entry) => void;
  onCopy: () => void;
}

export function FileList(props: Props) {
  const { place, folder, looking, profileName, isRecalled, uploadTo, before, sought } = props;
  const say = useSay();
  const { state, error } = useFolderView(folder);
  const { by, descending } = looking.sorting;
  const shownAs = `${by} ${descending} ${looking.arrangement.search}`;
  const seeking = useSeek(folder, state, before, sought, shownAs, props.onFound);
  const hadFocus = useRef(false);
  if (place === null || folder === null) return <NoPlace />;
  const retry = <Retry onPress={() => folder.reload()} />;
  const isNothing = state === null || state.shown === 0;
  if (isNothing && error?.code === "bucketMissing" && isRecalled)
    return <Gone name={isolated(place.bucket)} profile={isolated(profileName)} />;
  if (isNothing && error)
    return (
      <div className={styles.middle}>
        <ErrorNotice error={error} task="open" actions={retry} />
      </div>
    );
  // What is typed may not have been answered yet.
  const isSearch = state !== null && state.search !== "";
  const isFirstReading = state === null || (state.isReading && !state.isComplete && !isSearch);
  if (isNothing && isFirstReading)
    return <Skeleton label={say("browse.opening", { name: isolated(placeName(place)) })} />;
  if (isNothing && isSearch) return <NothingFound looking={looking} state={state} />;
  if (isNothing) return <EmptyFolder uploadTo={uploadTo} />;
  return (
    <>
      <Table {...props} {...{ folder, state, seeking, shownAs, hadFocus }} />
      {error && (
        <div className={styles.later}>
          <ErrorNotice error={error} task="open" actions={retry} />
        </div>
      )}
    </>
  );
}

interface TableProps extends Props {
  folder: OpenFolder;
  state: FolderState;
  seeking: ReturnType<typeof useSeek>;
  shownAs: string;
  hadFocus: RefObject<boolean>;
}

function Table({ folder, looking, seeking, ...props }: TableProps) {
  return (
    <FileTable
      key={`${folder.depth}:${folder.place.bucket}/${folder.place.prefix}`}
      ref={props.ref}
      folder={folder}
      state={props.state}
      sorting={looking.sorting}
      shownAs={props.shownAs}
      found={seeking.found}
      search={looking.arrangement.search}
      isSeeking={seeking.isSeeking}
      lent={props.lent}
      isCopying={props.isCopying}
      isAsking={props.isAsking}
      hadFocus={props.hadFocus}
      onLook={seeking.give}
      onSort={looking.sort}
      onChoose={(act) => {
        seeking.give();
        props.onChoose(act);
      }}
      onEnter={props.onEnter}
      onEscape={looking.endSearch}
      onCopy={props.onCopy}
    />
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

/** While more is being read, something may still be found. */
function NothingFound({ looking, state }: { looking: Looking; state: FolderState }) {
  const { search } = state;
  const looked = looking.depth === "below" ? state.scanned : state.loaded;
  const values = { search: isolated(search), looked };
  if (state.isReading)
    return (
      <Blank picture={<SearchX />} heading={<Say id="search.notYet.heading" values={values} />}>
        <p>
          <Say id="search.notYet.body" values={values} />
        </p>
      </Blank>
    );
  const isWhole = state.isComplete;
  return (
    <Blank picture={<SearchX />} heading={<Say id="search.none.heading" values={values} />}>
      <p>
        <Say id={isWhole ? "search.none.body" : "search.none.stopped"} values={values} />
      </p>
      {!looking.isBelow && (
        <Button onPress={() => looking.setBelow(true)}>
          <Say id="search.below.try" />
        </Button>
      )}
      <Button look="quiet" onPress={looking.endSearch}>
        <Say id="search.end" />
      </Button>
    </Blank>
  );
}
