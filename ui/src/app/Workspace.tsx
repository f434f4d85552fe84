// The main screen: places, list and link panel side by side, and the layer for files held over them.
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { FileList } from "../features/browse/FileList";
import { Header } from "../features/browse/Header";
import { ListStatus } from "../features/browse/ListStatus";
import { Palette } from "../features/browse/Palette";
import { PaletteButton } from "../features/browse/PaletteButton";
import { PlacesNav } from "../features/browse/PlacesNav";
import { CheckScreen } from "../features/check/CheckScreen";
import { AccountMenu } from "../features/connect/AccountMenu";
import { CodeDialog } from "../features/connect/CodeDialog";
import { Ending, RenewButton } from "../features/connect/Ending";
import { useRenewal } from "../features/connect/useRenewal";
import { RowMenu } from "../features/tidy/RowMenu";
import { TaskBar, TaskCards } from "../features/tidy/TaskBar";
import { TidyDialogs } from "../features/tidy/TidyDialogs";
import { ArrivalCard } from "../features/upload/ArrivalCard";
import { DropLayer } from "../features/upload/DropLayer";
import { TakenDialog } from "../features/upload/TakenDialog";
import { UploadsNav } from "../features/upload/UploadsNav";
import { UploadsScreen } from "../features/upload/UploadsScreen";
import { SignInAgain } from "../i18n/ErrorNotice";
import type { Connection, Place } from "../ipc/bindings";
import { useSignedIn } from "../queries/connect";
import { FootLine } from "./FootLine";
import { SidePanel } from "./SidePanel";
import { useNow } from "./useNow";
import type { Session } from "./useSession";
import { useWorkspace } from "./useWorkspace";
import styles from "./Workspace.module.css";

interface Props {
  connection: Connection;
  session: Session;
  notice: ReactNode;
}

const REDRAW_MS = 30_000;

export function Workspace({ connection: asConnected, session, notice }: Props) {
  const connection = { ...asConnected, ...useSignedIn(asConnected) };
  const [start] = useState(session.place.current);
  const work = useWorkspace(connection, start);
  const renewal = useRenewal(connection, session.setConnection);
  const now = useNow(REDRAW_MS);
  const { profile, history, uploads, screen, target, expiry } = work;
  const { place } = history;
  useKept(session.place, place);
  const isGiven = connection.limits.uploadTo !== null;
  const again = <RenewButton renewal={renewal} />;
  return (
    <SignInAgain value={again}>
      <div className={styles.app} data-wide={screen !== "files" || undefined}>
        <Side connection={connection} session={session} work={work} now={now} />
        <main className={styles.main}>
          <div className={styles.notice}>
            {notice}
            <SignInAgain value={null}>
              <Ending connection={connection} now={now} renewal={renewal} />
            </SignInAgain>
          </div>
          {screen === "uploads" && <Uploads connection={connection} work={work} now={now} />}
          {screen === "files" && <Files connection={connection} work={work} start={start} />}
          {screen === "check" && (
            <CheckScreen
              examination={work.examination}
              profileName={connection.profile.name}
              place={place}
              onBack={work.showFiles}
            />
          )}
        </main>
        {screen === "files" && <SidePanel connection={connection} work={work} again={again} />}
        <DropLayer target={{ profile, place: target, expiry, isGiven }} />
        {work.goTo.isOpen && (
          <Palette profile={profile} onGo={work.goTo.go} onClose={() => work.goTo.setOpen(false)} />
        )}
        <TidyDialogs tidy={work.tidy} />
        <TakenDialog question={uploads.question} />
        <CodeDialog question={renewal.goingIn.question} />
      </div>
    </SignInAgain>
  );
}

/** Whoever goes to another way in and comes back is where they were. */
function useKept(kept: RefObject<Place | null>, place: Place | null) {
  useEffect(() => {
    kept.current = place;
  }, [kept, place]);
}

type SideProps = PartProps & { session: Session; now: number };

function Side({ connection, session, work, now }: SideProps) {
  const { entrance, acts } = session;
  const isUploads = work.screen === "uploads";
  const openPlace = work.screen === "files" ? work.history.place : null;
  return (
    <div className={styles.side}>
      <AccountMenu
        connection={connection}
        now={now}
        isSwitching={entrance.goingIn.pending !== null}
        acts={{
          ...acts,
          switchTo: entrance.enter,
          others: () => entrance.turnTo({ kind: "ways" }),
          check: work.showCheck,
        }}
      />
      <PaletteButton onPress={() => work.goTo.setOpen(true)} />
      <PlacesNav profile={work.profile} place={openPlace} onOpen={work.open} />
      <UploadsNav isOpen={isUploads} onOpen={work.showUploads} />
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
  const { limits } = connection;
  return (
    <>
      <Header
        profile={work.profile}
        history={history}
        folder={folder}
        onRequest={work.startRequest}
        mayRequest={limits.uploadLinks}
        upload={uploads}
        looking={work.looking}
        searchField={work.searchField}
        list={work.list}
        canUpload={work.target !== null}
      />
      <div className={styles.list}>
        <ListStatus folder={folder} />
        <FileList
          ref={work.list}
          place={place}
          folder={folder}
          profileName={connection.profile.name}
          uploadTo={limits.uploadTo}
          isRecalled={place !== null && place === start}
          looking={work.looking}
          before={history.chosen}
          sought={work.goTo.sought}
          lent={lending.lent.here}
          isCopying={lending.isCopying}
          isAsking={work.requestPlace !== null}
          onChoose={work.choose}
          onFound={work.selection.choose}
          onEnter={work.enter}
          onCopy={lending.copy}
        />
      </div>
      <RowMenu tidy={work.tidy} folder={folder} onChoose={work.choose} />
      <TaskBar profile={work.profile} tidy={work.tidy} />
      <FootLine
        folder={folder}
        uploadTo={limits.uploadTo}
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
      tasks={<TaskCards />}
      onOpen={work.open}
      onBack={work.showFiles}
    />
  );
}
