// What is chosen in the open place: nothing, one entry, or many. The backend keeps it; one is remembered with the
// place, so that going back finds it again.
import { useEffect, useRef } from "react";
import type { SelectAct, Selected } from "../../ipc/bindings";
import { countOf } from "../../ipc/openFolder";
import { entryId } from "./entries";
import { type Folder, useSelected } from "./useFolder";
import type { PlaceHistory } from "./usePlaceHistory";

export type Selection = ReturnType<typeof useSelection>;

export function useSelection(folder: Folder, { choose: remember }: PlaceHistory) {
  const selected = useSelected(folder);
  const current = useRef(folder);
  useEffect(() => {
    current.current = folder;
  }, [folder]);
  return {
    /** In figures. */
    ...selected.selection,
    count: countOf(selected),
    /** The first thousand, in the order of the list. */
    entries: selected.entries,
    /** Answers whether something else is chosen by that. */
    choose: async (act: SelectAct): Promise<boolean> => {
      if (folder === null) return false;
      const before = folder.selected();
      const after = await folder.select(act);
      if (current.current !== folder) return false;
      const [only] = after.entries;
      remember(countOf(after) === 1 && only ? entryId(only) : null);
      return !isSame(before, after);
    },
  };
}

const isSame = (a: Selected, b: Selected) =>
  countOf(a) === countOf(b) &&
  a.entries.every((entry, at) => {
    const other = b.entries[at];
    return other !== undefined && entryId(entry) === entryId(other);
  });
