// The main screen: places, list and link panel side by side, and the layer for files held over them.
import type { ReactNode } from "react";
import { FileList } from "../features/browse/FileList";
import { Header } from "../features/browse/Header";
import { PlacesNav } from "../features/browse/PlacesNav";
import { AccountCard } from "../features/connect/AccountCard";
import { DropLayer } from "../features/upload/DropLayer";
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
  const { profile, history, folder, lending, uploads } = work;
  const now = useNow(REDRAW_MS);
  const { place } = history;
  return (
    <div className={styles.app}>
      <div className={styles.side}>
        <AccountCard connection={connection} now={now} onSwitch={onSwitch} />
        <PlacesNav profile={profile} place={place} onOpen={history.visit} />
      </div>
      <main className={styles.main}>
        {notice && <div className={styles.notice}>{notice}</div>}
        <Header
          history={history}
          folder={folder}
          onRequest={work.startRequest}
          onUpload={uploads.chooseFiles}
        />
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
        <FootLine folder={folder} isOpen={place !== null} />
      </main>
      <SidePanel connection={connection} work={work} onRenewed={onRenewed} />
      <DropLayer target={{ profile, place, expiry: work.expiry }} />
    </div>
  );
}
