// Whatever is being asked about tidying, one at a time.
import { DeleteDialog } from "./DeleteDialog";
import { MoveDialog } from "./MoveDialog";
import { NewFolderDialog, RenameDialog } from "./NameDialogs";
import { useFocusBack } from "./useFocusBack";
import type { Tidy } from "./useTidy";

export function TidyDialogs({ tidy }: { tidy: Tidy }) {
  return tidy.asking === null ? <DeleteDialog profile={tidy.profile} /> : <Asking tidy={tidy} />;
}

function Asking({ tidy: { profile, asking, endAsking } }: { tidy: Tidy }) {
  useFocusBack();
  switch (asking?.kind) {
    case "newFolder":
      return <NewFolderDialog profile={profile} place={asking.place} onClose={endAsking} />;
    case "rename":
      return <RenameDialog profile={profile} {...asking} onClose={endAsking} />;
    case "move":
      return <MoveDialog profile={profile} asking={asking} onClose={endAsking} />;
    default:
      return null;
  }
}
