// The link panel: what is about to be lent, for how long, how it opens, the button, and what happened. Always beside
// the list, never on top of it.
import type { ReactNode, RefObject } from "react";
import { Panel } from "../../components/Panel";
import { isPlayed, mustDownload } from "../../i18n/kinds";
import { useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Entry, Expiry } from "../../ipc/bindings";
import { ChosenFile, ChosenFolder, NothingChosen } from "./Chosen";
import { CopyButton } from "./CopyButton";
import { LinkOutcome } from "./LinkOutcome";
import { ManyHead, ManyLinks } from "./ManyFiles";
import { MoreChoices } from "./MoreChoices";
import { OpeningField } from "./OpeningField";
import type { ManySharing } from "./useManySharing";
import type { Sharing } from "./useSharing";

interface Props {
  profile: ProfileId;
  isPractice: boolean;
  /** What is chosen in the list. */
  entries: readonly Entry[];
  /** Whether the folder has entries that are not loaded. */
  hasMore: boolean;
  expiry: Expiry;
  /** The choice of the end. */
  endField: ReactNode;
  lending: { one: Sharing; many: ManySharing; isMany: boolean; copy: () => void };
  copyButton: RefObject<HTMLButtonElement | null>;
  /** What came of the latest upload, when that is the latest thing that happened. */
  arrival: ReactNode;
  onEnter: (entry: Entry) => void;
}

export function LinkPanel({ entries, hasMore, endField, lending, arrival, ...props }: Props) {
  const say = useSay();
  const only = lending.isMany ? null : (entries[0] ?? null);
  const file = only?.kind === "object" ? only : null;
  return (
    <Panel label={say("link.panel")}>
      {!file && arrival}
      {entries.length === 0 && !arrival && <NothingChosen />}
      {only?.kind === "folder" && <ChosenFolder folder={only} onOpen={() => props.onEnter(only)} />}
      {file && <ChosenFile file={file} />}
      {lending.isMany && <ManyHead entries={entries} hasMore={hasMore} />}
      {endField}
      {lending.isMany && <ManyLinks many={lending.many} onCopy={lending.copy} />}
      {file && (
        <>
          <FileOpening name={file.name} sharing={lending.one} />
          <CopyButton
            ref={props.copyButton}
            profile={props.profile}
            expiry={props.expiry}
            isCopying={lending.one.isCopying}
            onCopy={lending.copy}
          />
        </>
      )}
      <LinkOutcome sharing={lending.one} isPractice={props.isPractice} />
      {file && arrival}
    </Panel>
  );
}

function FileOpening({ name, sharing }: { name: string; sharing: Sharing }) {
  const say = useSay();
  const { opening, setOpening, mayInline } = sharing;
  const isActive = mustDownload(name);
  return (
    <>
      <OpeningField
        value={opening.disposition}
        onChange={(disposition) => setOpening({ disposition })}
        inlineLabel={say(isPlayed(name) ? "link.play" : "link.show")}
        isHeldBack={isActive && !opening.showsActive}
        mayInline={mayInline}
      />
      <MoreChoices opening={opening} isActive={isActive && mayInline} onChange={setOpening} />
    </>
  );
}
