// The panel beside the list: links for what is chosen, or asking for files, with one choice of the end for both.
import { RequestPanel } from "../features/request/RequestPanel";
import { ExpiryField } from "../features/share/ExpiryField";
import { LinkPanel } from "../features/share/LinkPanel";
import { ArrivalCard } from "../features/upload/ArrivalCard";
import type { Connection } from "../ipc/bindings";
import { useConnect } from "../queries/connect";
import type { useWorkspace } from "./useWorkspace";

interface Props {
  connection: Connection;
  work: ReturnType<typeof useWorkspace>;
  onRenewed: (connection: Connection) => void;
}

export function SidePanel({ connection, work, onRenewed }: Props) {
  const { profile, uploads, requestPlace } = work;
  const renew = useConnect();
  const isPractice = connection.profile.kind === "practice";
  const endField = (
    <ExpiryField
      connection={connection}
      choice={work.choice}
      expiry={work.expiry}
      onChange={work.setChoice}
      onSignedInAgain={() => renew.mutate({ profile }, { onSuccess: onRenewed })}
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
