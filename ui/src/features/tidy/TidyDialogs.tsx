// Whatever is being asked about tidying, one at a time.
import { DeleteDialog } from "./DeleteDialog";
import { MoveDialog } from "./MoveDialog";
import { NewFolderDialog, RenameDialog } from "./NameDialogs";
import type { Tidy } from "./useTidy";

export function TidyDialogs({ tidy: { profile, asking, endAsking } }: { tidy: Tidy }) {
  switch (asking?.kind) {
    case "newFolder":
      return <NewFolderDialog profile={profile} place={asking.place} onClose={endAsking} />;
    case "rename":
      return <RenameDialog profile={profile} {...asking} onClose={endAsking} />;
    case "move":
      return <MoveDialog profile={profile} asking={asking} onClose={endAsking} />;
    default:
      return <DeleteDialog profile={profile} />;
  }
}
