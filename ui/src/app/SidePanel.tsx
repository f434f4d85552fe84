// The panel beside the list: links for what is chosen, or asking for files, with one choice of the end for both.
import { memo, type ReactNode } from "react";
import { useFolderFact } from "../features/browse/useFolder";
import { useWalking } from "../features/browse/useWalking";
import { FileFacts } from "../features/preview/FileFacts";
import { FilePreview } from "../features/preview/FilePreview";
import { useLook } from "../features/preview/useLook";
import { RequestPanel } from "../features/request/RequestPanel";
import { ExpiryField } from "../features/share/ExpiryField";
import { LinkPanel } from "../features/share/LinkPanel";
import { MoreButton } from "../features/tidy/MoreButton";
import { ArrivalCard } from "../features/upload/ArrivalCard";
import type { Connection } from "../ipc/bindings";
import type { FolderView } from "../ipc/openFolder";
import type { useWorkspace } from "./useWorkspace";

interface Props {
  connection: Connection;
  work: ReturnType<typeof useWorkspace>;
  /** What signs in again. */
  again: ReactNode;
}

type Selection = ReturnType<typeof useWorkspace>["selection"];

const isPartial = ({ state }: FolderView) => state !== null && !state.isComplete;

function onlyFile({ count, entries }: Selection) {
  const [only] = entries;
  return count === 1 && only?.kind === "object" ? only : null;
}

/** It follows the choice when the person comes to rest: rows under a key held down do not wait for it. */
export function SidePanel(props: Props) {
  return (
    <Held isHeld={useWalking()}>
      <Beside {...props} />
    </Held>
  );
}

/** What is in it stays as it was drawn last. */
const Held = memo(
  ({ children }: { children: ReactNode; isHeld: boolean }) => children,
  (_, { isHeld }) => isHeld,
);

function Beside({ connection, work, again }: Props) {
  const { profile, uploads, requestPlace } = work;
  const hasMore = useFolderFact(work.folder, isPartial);
  const looked = useLook(profile, work.history.place?.bucket ?? null, onlyFile(work.selection));
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
      chosen={work.selection}
      hasMore={hasMore}
      preview={looked && <FilePreview looked={looked} />}
      facts={looked && <FileFacts key={looked.file.key} looked={looked} />}
      expiry={work.expiry}
      endField={endField}
      lending={work.lending}
      copyButton={work.copyButton}
      arrival={uploads.arrival && <ArrivalCard arrival={uploads.arrival} isPractice={isPractice} />}
      more={<MoreButton tidy={work.tidy} />}
      onEnter={work.enter}
    />
  );
}
