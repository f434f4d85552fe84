// Where the person is, and the ways to elsewhere.
import {
  ArrowLeft,
  ArrowRight,
  ChevronRight,
  ClipboardPaste,
  FileUp,
  FolderUp,
  Inbox,
  RotateCw,
  Upload,
} from "lucide-react";
import type { RefObject } from "react";
import { Dialog, DialogTrigger, Button as PlainButton, Popover } from "react-aria-components";
import { Button, IconButton } from "../../components/Button";
import { SplitButton } from "../../components/Menu";
import { Name } from "../../components/Name";
import { placeName, visible } from "../../i18n/names";
import { isMac } from "../../i18n/platform";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Place } from "../../ipc/bindings";
import type { FolderView } from "../../ipc/openFolder";
import type { ListHandle } from "./FileTable";
import styles from "./Header.module.css";
import { path } from "./history";
import { PinButton } from "./PinButton";
import { SearchField, SearchScope } from "./SearchField";
import { type Folder, useFolderFact } from "./useFolder";
import type { Looking } from "./useLooking";
import type { PlaceHistory } from "./usePlaceHistory";

interface Props {
  profile: ProfileId;
  history: PlaceHistory;
  folder: Folder;
  onRequest: () => void;
  /** Whether IT allows asking for files. */
  mayRequest: boolean;
  /** Whether there is somewhere for uploads to go. */
  canUpload: boolean;
  upload: UploadWays;
  looking: Looking;
  searchField: RefObject<HTMLInputElement | null>;
  list: RefObject<ListHandle | null>;
}

interface UploadWays {
  chooseFiles: () => void;
  chooseFolder: () => void;
  paste: () => void;
}

export function Header({ looking, searchField, list, upload, canUpload, ...props }: Props) {
  const { profile, history, folder, ...request } = props;
  return (
    <header className={styles.header}>
      <div className={styles.where}>
        <Ways history={history} folder={folder} />
        {history.place && <Breadcrumb place={history.place} onOpen={history.visit} />}
        <span className={styles.beside}>
          {history.place && <PinButton profile={profile} place={history.place} />}
        </span>
      </div>
      <div className={styles.tools}>
        <SearchField
          ref={searchField}
          list={list}
          looking={looking}
          isDisabled={history.place === null}
        />
        <span className={styles.upload}>
          <RequestButton {...request} isDisabled={!canUpload} />
          <UploadButton upload={upload} isDisabled={!canUpload} />
        </span>
      </div>
      {looking.search.trim() !== "" && <SearchScope looking={looking} />}
    </header>
  );
}

const isReading = ({ state }: FolderView) => state?.isReading ?? false;

function Ways({ history, folder }: Pick<Props, "history" | "folder">) {
  const say = useSay();
  const isTurning = useFolderFact(folder, isReading);
  return (
    <div className={styles.ways}>
      <IconButton label={say("browse.back")} isDisabled={!history.canGoBack} onPress={history.back}>
        <ArrowLeft aria-hidden="true" />
      </IconButton>
      <IconButton
        label={say("browse.forward")}
        isDisabled={!history.canGoForward}
        onPress={history.forward}
      >
        <ArrowRight aria-hidden="true" />
      </IconButton>
      <IconButton
        label={say("browse.reload")}
        isDisabled={folder === null}
        onPress={() => folder?.reload()}
      >
        <RotateCw aria-hidden="true" data-turning={isTurning || undefined} />
      </IconButton>
    </div>
  );
}

type RequestProps = Pick<Props, "onRequest" | "mayRequest"> & { isDisabled: boolean };

/** Where asking for files is not allowed, the button says so. */
function RequestButton({ onRequest, mayRequest, isDisabled }: RequestProps) {
  const say = useSay();
  const words = (
    <>
      <Inbox aria-hidden="true" />
      <Say id="request.button" />
    </>
  );
  if (mayRequest)
    return (
      <Button isDisabled={isDisabled} onPress={onRequest}>
        {words}
      </Button>
    );
  return (
    <DialogTrigger>
      <Button>{words}</Button>
      <Popover className={styles.reason ?? ""} placement="bottom end">
        <Dialog aria-label={say("request.button")} className={styles.words ?? ""}>
          <p>
            <Say id="limits.requests" /> <Say id="error.forbidden.next" />
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function UploadButton({ upload, isDisabled }: { upload: UploadWays; isDisabled: boolean }) {
  const say = useSay();
  const mac = String(isMac());
  const choices = [
    {
      id: "files",
      label: say("browse.upload"),
      icon: <FileUp aria-hidden="true" />,
      onAction: upload.chooseFiles,
    },
    {
      id: "folder",
      label: say("browse.uploadFolder"),
      icon: <FolderUp aria-hidden="true" />,
      onAction: upload.chooseFolder,
    },
    {
      id: "paste",
      label: say("browse.paste"),
      icon: <ClipboardPaste aria-hidden="true" />,
      shortcut: say("browse.pasteKeys", { mac }),
      onAction: upload.paste,
    },
  ];
  return (
    <SplitButton
      isDisabled={isDisabled}
      onPress={upload.chooseFiles}
      moreLabel={say("browse.uploadMore")}
      choices={choices}
    >
      <Upload aria-hidden="true" />
      <Say id="browse.upload" />
    </SplitButton>
  );
}

function Breadcrumb({ place, onOpen }: { place: Place; onOpen: (place: Place) => void }) {
  const say = useSay();
  const steps = path(place);
  const last = steps.length - 1;
  return (
    <nav className={styles.breadcrumb} aria-label={say("browse.breadcrumb")}>
      <ol className={styles.crumbs}>
        {steps.map((step, at) => (
          <li key={step.prefix} className={styles.crumb}>
            {at === last ? (
              <h1 aria-current="page" className={styles.here}>
                <Name>{visible(placeName(step))}</Name>
              </h1>
            ) : (
              <>
                <PlainButton className={styles.step ?? ""} onPress={() => onOpen(step)}>
                  <Name>{visible(placeName(step))}</Name>
                </PlainButton>
                <ChevronRight aria-hidden="true" className={styles.arrow} />
              </>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
