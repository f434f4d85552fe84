// The composition root of the window: what everything below stands on, and which screen is on.
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { CodeDialog } from "../features/connect/CodeDialog";
import { ConnectScreen } from "../features/connect/ConnectScreen";
import { MemoryNotice } from "../features/connect/MemoryNotice";
import { Removal, Removed, SignedOut } from "../features/connect/Removal";
import { DropLayer } from "../features/upload/DropLayer";
import { useEndNotices } from "../features/upload/endings";
import { LeavingDialog } from "../features/upload/LeavingDialog";
import { useTray } from "../features/upload/tray";
import { Language } from "../i18n/catalogue";
import { ErrorNotice } from "../i18n/ErrorNotice";
import { useProfileName } from "../i18n/profiles";
import type { Memory } from "../ipc/bindings";
import { type Surroundings, SurroundingsContext, useBackend } from "../ipc/context";
import { newQueryClient } from "../queries/client";
import { type Start, startQuery } from "../queries/connect";
import { Opening } from "./Opening";
import { type Session, useSession } from "./useSession";
import { Workspace } from "./Workspace";

interface Props {
  surroundings: Surroundings;
  locale: string;
}

export function App({ surroundings, locale }: Props) {
  const [client] = useState(newQueryClient);
  return (
    <SurroundingsContext value={surroundings}>
      <QueryClientProvider client={client}>
        <Language locale={locale}>
          <Screens />
        </Language>
      </QueryClientProvider>
    </SurroundingsContext>
  );
}

function Screens() {
  const { data } = useQuery(startQuery(useBackend()));
  useEndNotices();
  useTray();
  return (
    <>
      {data ? <SessionScreens start={data} /> : <Opening />}
      <LeavingDialog />
    </>
  );
}

/** Signed in with one way in, or choosing one. */
function SessionScreens({ start }: { start: Start }) {
  const session = useSession(start);
  const { connection, entrance, acts, removing } = session;
  const notice = useNotice(session, connection?.memory ?? start.recalled.memory);
  const name = useProfileName(connection?.profile ?? { kind: "practice", name: "" });
  const isChoosing = connection === null || entrance.isOpen;
  return (
    <>
      {isChoosing ? (
        <>
          <ConnectScreen
            entrance={entrance}
            notice={notice}
            acts={acts}
            backTo={connection && name}
          />
          <DropLayer target={null} />
        </>
      ) : (
        <Workspace
          key={connection.profile.id}
          connection={connection}
          session={session}
          notice={notice}
        />
      )}
      <CodeDialog question={entrance.goingIn.question} />
      {removing && (
        <Removal
          profile={removing}
          onRemoved={(forgotten) => session.removed(removing, forgotten)}
          onCancel={() => session.setRemoving(null)}
        />
      )}
    </>
  );
}

/** What there is to say above whatever is on. */
function useNotice({ told }: Session, memory: Memory): ReactNode {
  const [isDismissed, setDismissed] = useState(false);
  const isForgetful = memory !== "kept" && !isDismissed;
  if (!isForgetful && told === null) return null;
  return (
    <>
      {told?.kind === "signedOut" && <SignedOut name={told.name} />}
      {told?.kind === "removed" && <Removed name={told.name} forgotten={told.forgotten} />}
      {told?.kind === "stillIn" && <ErrorNotice error={told.error} task="signOut" />}
      {isForgetful && <MemoryNotice memory={memory} onDismiss={() => setDismissed(true)} />}
    </>
  );
}
