// The composition root of the window: what everything below stands on, and which screen is on.
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ConnectScreen } from "../features/connect/ConnectScreen";
import { MemoryNotice } from "../features/connect/MemoryNotice";
import { DropLayer } from "../features/upload/DropLayer";
import { useEndNotices } from "../features/upload/endings";
import { LeavingDialog } from "../features/upload/LeavingDialog";
import { useTray } from "../features/upload/tray";
import { Language } from "../i18n/catalogue";
import type { Connection, Memory, Place } from "../ipc/bindings";
import { type Surroundings, SurroundingsContext, useBackend } from "../ipc/context";
import { newQueryClient } from "../queries/client";
import { type Start, startQuery } from "../queries/connect";
import { Opening } from "./Opening";
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
      {data ? <Session start={data} /> : <Opening />}
      <LeavingDialog />
    </>
  );
}

/** Signed in with one way in, or choosing one. */
function Session({ start }: { start: Start }) {
  const [connection, setConnection] = useState<Connection | null>(start.connection);
  const [place, setPlace] = useState<Place | null>(start.connection && start.recalled.place);
  const [refusal, setRefusal] = useState(start.refusal);
  const [isDismissed, setDismissed] = useState(false);
  const memory: Memory = connection?.memory ?? start.recalled.memory;
  const notice = memory !== "kept" && !isDismissed && (
    <MemoryNotice memory={memory} onDismiss={() => setDismissed(true)} />
  );
  if (connection === null)
    return (
      <>
        <ConnectScreen refusal={refusal} notice={notice} onConnected={setConnection} />
        <DropLayer target={null} />
      </>
    );
  return (
    <Workspace
      key={connection.profile.id}
      connection={connection}
      start={place}
      notice={notice}
      onRenewed={setConnection}
      onSwitch={() => {
        setPlace(null);
        setRefusal(null);
        setConnection(null);
      }}
    />
  );
}
