// Where the person is in the list, and from where a range goes. The cursor stands at a position and knows which entry
// was there; when rows move, it goes with its entry.
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { Entry, RowRef, SelectAct } from "../../ipc/bindings";
import type { OpenFolder } from "../../ipc/openFolder";
import { refOf } from "../../ipc/rows";

export interface Cursor {
  at: number;
  /** Null where nobody has been yet, or before the row is there. */
  entry: Entry | null;
}

/** What becomes of the choice when the cursor goes to a row. */
export type Going = "choose" | "toggle" | "extend" | "extendMore" | "move";

interface Options {
  folder: OpenFolder;
  count: number;
  generation: number;
  /** Other rows, or in another order, begin at the top. */
  shownAs: string;
  onChoose: (act: SelectAct) => void;
  /** The row is to be seen and to have the focus. */
  onGo: (at: number) => void;
  /** The person's hand leads it there. */
  onMove: () => void;
  /** The cursor goes with its row. */
  onFollow: (at: number) => void;
}

export function useCursor(options: Options) {
  const { folder, count, onChoose, onGo, onMove } = options;
  const [cursor, setCursor] = useState<Cursor>({ at: 0, entry: null });
  const anchor = useRef<RowRef | null>(null);
  const going = useRef(0);

  const choose = (entry: Entry, how: Going) => {
    const row = refOf({ entry });
    const from = anchor.current ?? row;
    if (how === "extend" || how === "extendMore")
      return onChoose({ act: "range", from, to: row, adds: how === "extendMore" });
    if (how === "move") return;
    anchor.current = row;
    onChoose({ act: how === "toggle" ? "toggle" : "only", row });
  };
  /** To the row at a position, or with this entry where that may have changed. */
  const goTo = (position: number, how: Going, entry: Entry | null = null) => {
    const at = Math.max(0, Math.min(count - 1, position));
    // A range begins where the cursor was, if nothing was chosen yet or that is gone.
    if (how.startsWith("extend") && anchor.current === null) {
      const begin = cursor.entry ?? folder.rows.at(cursor.at)?.entry;
      anchor.current = begin ? refOf({ entry: begin }) : null;
    }
    onMove();
    going.current += 1;
    const mine = going.current;
    const known = entry ?? folder.rows.at(at)?.entry ?? null;
    setCursor({ at, entry: known });
    onGo(at);
    if (known) return choose(known, how);
    void folder.rowAt(at).then((row) => {
      if (row === null || going.current !== mine) return;
      setCursor({ at, entry: row.entry });
      choose(row.entry, how);
    });
  };
  useFollowing(options, cursor, going, (next) => {
    options.onFollow(next.at);
    setCursor(next);
  });
  useAnchorKept(options, anchor);
  return {
    cursor,
    goTo,
    /** What the cursor and ranges begin from, chosen by something other than the person's hand. */
    stand: (at: number, entry: Entry) => {
      going.current += 1;
      anchor.current = refOf({ entry });
      setCursor({ at, entry });
      onGo(at);
    },
  };
}

/** The cursor goes with its entry; where that is gone, it stays where it is, and among other rows goes to the first. */
function useFollowing(
  { folder, count, generation, shownAs }: Options,
  { at, entry }: Cursor,
  going: RefObject<number>,
  setCursor: (next: Cursor) => void,
) {
  const before = useRef(shownAs);
  const follow = useEffectEvent(async () => {
    const isOther = before.current !== shownAs;
    before.current = shownAs;
    if (entry === null) return;
    const mine = going.current;
    const found = await folder.find(refOf({ entry }));
    if (going.current !== mine || found === at) return;
    setCursor(found === null ? { at: isOther ? 0 : at, entry: null } : { at: found, entry });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another generation is the reason to look
  useEffect(() => void follow(), [generation]);
  const comeBack = useEffectEvent(() => {
    going.current += 1;
    setCursor({ at: count - 1, entry: null });
  });
  const isBeyond = at >= count && count > 0;
  useEffect(() => {
    if (isBeyond) comeBack();
  }, [isBeyond]);
}

/** From a row that is gone, no range can begin. */
function useAnchorKept({ folder, generation }: Options, anchor: RefObject<RowRef | null>) {
  const look = useEffectEvent(async () => {
    const { current: row } = anchor;
    if (row === null || (await folder.find(row)) !== null) return;
    if (anchor.current === row) anchor.current = null;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another generation is the reason to look
  useEffect(() => void look(), [generation]);
}
