// Choosing by pointer. A row that is not chosen is chosen when the button goes down; one that is stays so until the
// click, because it may be the beginning of a drag of all that are. Rows can move under the hand meanwhile: what counts
// is the one that was pressed on.
import { type MouseEvent, useRef } from "react";
import { hasCommand } from "../../i18n/platform";
import type { Entry, SelectAct } from "../../ipc/bindings";
import { countOf, type OpenFolder } from "../../ipc/openFolder";
import { refOf, sameRef } from "../../ipc/rows";
import type { Cursor, Going } from "./useCursor";

interface Options {
  folder: OpenFolder;
  cursor: Cursor;
  goTo: (at: number, how: Going) => void;
  onChoose: (act: SelectAct) => void;
  onEnter: (entry: Entry) => void;
  onDown: () => void;
}

export function useGridPointer({ folder, cursor, goTo, onChoose, onEnter, onDown }: Options) {
  const pressed = useRef<Entry | null>(null);
  return {
    onMouseDown: (event: MouseEvent) => {
      onDown();
      const at = positionOf(event);
      const row = at === null ? undefined : folder.rows.at(at);
      pressed.current = row?.entry ?? null;
      if (at === null || event.shiftKey || hasCommand(event)) return;
      if (row?.isSelected === false) goTo(at, "choose");
    },
    onClick: async (event: MouseEvent) => {
      const at = positionOf(event);
      const { current: entry } = pressed;
      if (at === null)
        return entry === null && isBeside(event) ? onChoose({ act: "none" }) : undefined;
      const going = goingOf(event);
      const row = folder.rows.at(at);
      if (row && entry && !sameRef(refOf(row), refOf({ entry }))) {
        const found = await folder.find(refOf({ entry }));
        return found === null ? undefined : goTo(found, going);
      }
      const isAlone = countOf(folder.selected()) === 1 && row?.isSelected === true;
      if (going !== "choose" || !isAlone || cursor.at !== at) goTo(at, going);
    },
    onDoubleClick: (event: MouseEvent) => {
      const { current: entry } = pressed;
      const isOnRow = positionOf(event) !== null;
      if (isOnRow && entry && !event.shiftKey && !hasCommand(event)) onEnter(entry);
    },
  };
}

function goingOf(event: MouseEvent): Going {
  if (event.shiftKey) return hasCommand(event) ? "extendMore" : "extend";
  return hasCommand(event) ? "toggle" : "choose";
}

/** A button in a row does what it says, and chooses nothing. */
function positionOf({ target }: MouseEvent): number | null {
  if (!(target instanceof Element) || target.closest("button") !== null) return null;
  const row = target.closest<HTMLElement>("[data-at]");
  return row === null ? null : Number(row.dataset.at);
}

const isBeside = ({ target }: MouseEvent) =>
  target instanceof Element && target.closest("[role='row'], button") === null;
