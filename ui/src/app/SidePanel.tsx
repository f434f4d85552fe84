// The panel beside the list: links for what is chosen, or asking for files, with one choice of the end for both.
import type { ReactNode } from "react";
import { RequestPanel } from "../features/request/RequestPanel";
import { ExpiryField } from "../features/share/ExpiryField";
import { LinkPanel } from "../features/share/LinkPanel";
import { ArrivalCard } from "../features/upload/ArrivalCard";
import type { Connection } from "../ipc/bindings";
import type { useWorkspace } from "./useWorkspace";

interface Props {
  connection: Connection;
  work: ReturnType<typeof useWorkspace>;
  /** What signs in again. */
  again: ReactNode;
}

export function SidePanel({ connection, work, again }: Props) {
  const { profile, uploads, requestPlace } = work;
  const isPractice = connection.profile.kind === "practice";
  const endField = (
    <ExpiryField
      connection={connection}
      choice={work.choice}
      expiry={work.expiry}
      onChange={work.setChoice}
      again={again}
    />
  );
  if (requestPlace !== null)
    return (
      <RequestPanel
        profile={profile}
        place={requestPlace}
        expiry={work.expiry}
        endField={endField}
        onClose={work.endRequest}
        onOpen={work.open}
      />
    );
  return (
    <LinkPanel
      profile={profile}
      isPractice={isPractice}
      entries={work.selection.entries}
      hasMore={work.folder.hasMore}
      expiry={work.expiry}
      endField={endField}
      lending={work.lending}
      copyButton={work.copyButton}
      arrival={uploads.arrival && <ArrivalCard arrival={uploads.arrival} isPractice={isPractice} />}
      onEnter={work.enter}
    />
  );
}
