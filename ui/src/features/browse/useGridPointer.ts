// Choosing by pointer. A row that is not chosen is chosen when the button goes down; one that is stays so until the
// click, because it may be the beginning of a drag of all that are.
import type { MouseEvent } from "react";
import { hasCommand } from "../../i18n/platform";
import type { Entry, SelectAct } from "../../ipc/bindings";
import { countOf, type OpenFolder } from "../../ipc/openFolder";
import type { Going } from "./useCursor";

interface Options {
  folder: OpenFolder;
  goTo: (at: number, how: Going) => void;
  onChoose: (act: SelectAct) => void;
  onEnter: (entry: Entry) => void;
  onDown: () => void;
}

export function useGridPointer({ folder, goTo, onChoose, onEnter, onDown }: Options) {
  return {
    onMouseDown: (event: MouseEvent) => {
      onDown();
      const at = positionOf(event);
      if (at === null || event.shiftKey || hasCommand(event)) return;
      if (folder.rows.at(at)?.isSelected === false) goTo(at, "choose");
    },
    onClick: (event: MouseEvent) => {
      const at = positionOf(event);
      if (at === null) return isBeside(event) ? onChoose({ act: "none" }) : undefined;
      const isAlone = countOf(folder.selected()) === 1 && folder.rows.at(at)?.isSelected === true;
      const going = goingOf(event);
      if (going !== "choose" || !isAlone) goTo(at, going);
    },
    onDoubleClick: (event: MouseEvent) => {
      const at = positionOf(event);
      const entry = at === null ? undefined : folder.rows.at(at)?.entry;
      if (entry && !event.shiftKey && !hasCommand(event)) onEnter(entry);
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
