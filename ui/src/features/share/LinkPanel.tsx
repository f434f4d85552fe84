// The link panel: what is about to be lent, for how long, how it opens, the button, and what happened. Always beside
// the list, never on top of it.
import type { ReactNode, RefObject } from "react";
import { Panel } from "../../components/Panel";
import { isPlayed, mustDownload } from "../../i18n/kinds";
import { useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Entry, Expiry, Selection } from "../../ipc/bindings";
import { ChosenFile, ChosenFolder, NothingChosen } from "./Chosen";
import { CopyButton } from "./CopyButton";
import { LinkOutcome } from "./LinkOutcome";
import { ManyHead, ManyLinks } from "./ManyFiles";
import { MoreChoices } from "./MoreChoices";
import { OpeningField } from "./OpeningField";
import type { ManySharing } from "./useManySharing";
import type { Sharing } from "./useSharing";

interface ChosenEntries extends Selection {
  entries: readonly Entry[];
}

interface Props {
  profile: ProfileId;
  isPractice: boolean;
  /** What is chosen in the list: in figures, and the first thousand of it. */
  chosen: ChosenEntries;
  /** Whether the folder has entries that are not loaded. */
  hasMore: boolean;
  /** What is seen of the chosen file. */
  preview: ReactNode;
  /** What is known of it. */
  facts: ReactNode;
  expiry: Expiry;
  /** The choice of the end. */
  endField: ReactNode;
  lending: {
    one: Sharing;
    many: ManySharing;
    isMany: boolean;
    isTooMany: boolean;
    copy: () => void;
  };
  copyButton: RefObject<HTMLButtonElement | null>;
  /** What came of the latest upload, when that is the latest thing that happened. */
  arrival: ReactNode;
  /** What else can be done with what is chosen. */
  more: ReactNode;
  onEnter: (entry: Entry) => void;
}

export function LinkPanel({ chosen, hasMore, endField, lending, arrival, ...props }: Props) {
  const say = useSay();
  const { entries } = chosen;
  const only = lending.isMany ? null : (entries[0] ?? null);
  const file = only?.kind === "object" ? only : null;
  return (
    <Panel label={say("link.panel")}>
      {!file && arrival}
      {entries.length === 0 && !arrival && <NothingChosen />}
      {only?.kind === "folder" && <ChosenFolder folder={only} onOpen={() => props.onEnter(only)} />}
      {file && <ChosenFile file={file} preview={props.preview} />}
      {lending.isMany && (
        <ManyHead chosen={chosen} isTooMany={lending.isTooMany} hasMore={hasMore} />
      )}
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
      {file && props.facts}
      {file && arrival}
      {props.more}
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
