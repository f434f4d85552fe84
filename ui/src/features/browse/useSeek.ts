// Finding a row that is known by its name alone: the one that was chosen here before, a file from an address, one that
// has just arrived. It may come only later, as the folder is read; whoever does something meanwhile wants something else.
import { useEffect, useEffectEvent, useState } from "react";
import type { FolderState, RowRef, SelectAct } from "../../ipc/bindings";
import { refOf, sameRef } from "../../ipc/rows";
import { type EntryId, refOfId } from "./entries";
import type { Found } from "./FileTable";
import type { Folder } from "./useFolder";

interface Wish {
  row: RowRef;
  /** How the folder stood when it was made. */
  state: FolderState | null;
}

interface About {
  folder: Folder;
  sought: RowRef | null;
  shownAs: string;
}

export function useSeek(
  folder: Folder,
  state: FolderState | null,
  before: EntryId | null,
  sought: RowRef | null,
  /** Who looks at other rows, or in another order, looks for something else. */
  shownAs: string,
  onChoose: (act: SelectAct) => void,
) {
  const [about, setAbout] = useState<About | null>(null);
  const [wish, setWish] = useState<Wish | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  if (about?.folder !== folder || about.sought !== sought || about.shownAs !== shownAs) {
    const isNew = about?.folder !== folder;
    const other = about?.sought === sought ? null : sought;
    const row = other ?? (isNew && before ? refOfId(before) : null);
    setAbout({ folder, sought, shownAs });
    setFound(null);
    setWish(row && { row, state });
  }
  const choose = useEffectEvent(onChoose);
  useEffect(() => {
    if (folder === null || wish === null || state === null) return;
    let isOver = false;
    const look = async () => {
      const at = await folder.find(wish.row);
      const row = at === null ? null : await folder.rowAt(at);
      if (isOver) return;
      if (at !== null && row !== null && sameRef(refOf(row), wish.row)) {
        setWish(null);
        setFound({ at, entry: row.entry });
        choose({ act: "only", row: wish.row });
      } else if (!state.isReading && state !== wish.state) setWish(null);
    };
    void look();
    return () => {
      isOver = true;
    };
  }, [folder, state, wish]);
  return { found, isSeeking: wish !== null, give: () => setWish(null) };
}
