// The main screen: places, list and link panel side by side, and the layer for files held over them.
import type { ReactNode } from "react";
import { FileList } from "../features/browse/FileList";
import { Header } from "../features/browse/Header";
import { PlacesNav } from "../features/browse/PlacesNav";
import { AccountCard } from "../features/connect/AccountCard";
import { ArrivalCard } from "../features/upload/ArrivalCard";
import { DropLayer } from "../features/upload/DropLayer";
import { TakenDialog } from "../features/upload/TakenDialog";
import { UploadsNav } from "../features/upload/UploadsNav";
import { UploadsScreen } from "../features/upload/UploadsScreen";
import type { Connection, Place } from "../ipc/bindings";
import { FootLine } from "./FootLine";
import { SidePanel } from "./SidePanel";
import { useNow } from "./useNow";
import { useWorkspace } from "./useWorkspace";
import styles from "./Workspace.module.css";

interface Props {
  connection: Connection;
  /** The place of the last session. */
  start: Place | null;
  notice: ReactNode;
  onRenewed: (connection: Connection) => void;
  onSwitch: () => void;
}

const REDRAW_MS = 30_000;

export function Workspace({ connection, start, notice, onRenewed, onSwitch }: Props) {
  const work = useWorkspace(connection, start);
  const { profile, history, uploads, isUploads } = work;
  const now = useNow(REDRAW_MS);
  const { place } = history;
  return (
    <div className={styles.app} data-wide={isUploads || undefined}>
      <div className={styles.side}>
        <AccountCard connection={connection} now={now} onSwitch={onSwitch} />
        <PlacesNav profile={profile} place={isUploads ? null : place} onOpen={work.open} />
        <UploadsNav isOpen={isUploads} onOpen={work.showUploads} />
      </div>
      <main className={styles.main}>
        {notice && <div className={styles.notice}>{notice}</div>}
        {isUploads ? (
          <Uploads connection={connection} work={work} now={now} />
        ) : (
          <Files connection={connection} work={work} start={start} />
        )}
      </main>
      {!isUploads && <SidePanel connection={connection} work={work} onRenewed={onRenewed} />}
      <DropLayer target={{ profile, place, expiry: work.expiry }} />
      <TakenDialog question={uploads.question} />
    </div>
  );
}

interface PartProps {
  connection: Connection;
  work: ReturnType<typeof useWorkspace>;
}

function Files({ connection, work, start }: PartProps & { start: Place | null }) {
  const { history, folder, lending, uploads } = work;
  const { place } = history;
  return (
    <>
      <Header history={history} folder={folder} onRequest={work.startRequest} upload={uploads} />
      <div className={styles.list}>
        <FileList
          place={place}
          folder={folder}
          profileName={connection.profile.name}
          isRecalled={place !== null && place === start}
          chosen={work.selection.ids}
          lent={lending.lent.here}
          isCopying={lending.isCopying}
          onChoose={work.choose}
          onEnter={work.enter}
          onCopy={lending.copy}
        />
      </div>
      <FootLine
        folder={folder}
        isOpen={place !== null}
        isLooking={uploads.isLooking}
        onShowUploads={work.showUploads}
      />
    </>
  );
}

function Uploads({ connection, work, now }: PartProps & { now: number }) {
  const { profile, uploads } = work;
  const { arrival } = uploads;
  // What ended is on its card here; what was refused is on none.
  const isTold = arrival === null || arrival.kind === "ended";
  return (
    <UploadsScreen
      profile={profile}
      now={now}
      arrival={
        !isTold && (
          <ArrivalCard arrival={arrival} isPractice={connection.profile.kind === "practice"} />
        )
      }
      onOpen={work.open}
      onBack={work.showFiles}
    />
  );
}
