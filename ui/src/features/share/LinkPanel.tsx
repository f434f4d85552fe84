// The link panel: what is about to be lent, for how long, how it opens, the button, and what happened. Always beside
// the list, never on top of it.
import type { ReactNode, RefObject } from "react";
import { useSay } from "../../i18n/say";
import type { Connection, Entry, Expiry } from "../../ipc/bindings";
import { ChosenFile, ChosenFolder, NothingChosen } from "./Chosen";
import { CopyButton } from "./CopyButton";
import { ExpiryField } from "./ExpiryField";
import type { ExpiryChoice } from "./expiry";
import { LinkOutcome } from "./LinkOutcome";
import styles from "./LinkPanel.module.css";
import { OpeningField } from "./OpeningField";
import type { Sharing } from "./useSharing";

interface Props {
  connection: Connection;
  entry: Entry | null;
  choice: ExpiryChoice;
  expiry: Expiry;
  sharing: Sharing;
  copyButton: RefObject<HTMLButtonElement | null>;
  /** What came of the latest upload, when that is the latest thing that happened. */
  arrival: ReactNode;
  onExpiry: (choice: ExpiryChoice) => void;
  onEnter: (entry: Entry) => void;
  onSignedInAgain: () => void;
}

export function LinkPanel(props: Props) {
  const { connection, entry, choice, expiry, sharing, arrival } = props;
  const say = useSay();
  const file = entry?.kind === "object" ? entry : null;
  const isPractice = connection.profile.kind === "practice";
  return (
    <aside className={styles.panel} aria-label={say("link.panel")}>
      {!file && arrival}
      {entry === null && !arrival && <NothingChosen />}
      {entry?.kind === "folder" && (
        <ChosenFolder folder={entry} onOpen={() => props.onEnter(entry)} />
      )}
      {file && <ChosenFile file={file} />}
      <ExpiryField
        connection={connection}
        choice={choice}
        expiry={expiry}
        onChange={props.onExpiry}
        onSignedInAgain={props.onSignedInAgain}
      />
      {file && (
        <>
          <OpeningField
            name={file.name}
            value={sharing.disposition}
            onChange={sharing.setDisposition}
          />
          <CopyButton
            ref={props.copyButton}
            profile={connection.profile.id}
            expiry={expiry}
            sharing={sharing}
          />
        </>
      )}
      <LinkOutcome outcome={sharing.outcome} isPractice={isPractice} />
      {file && arrival}
    </aside>
  );
}
