// The menu of a row, where the pointer is or beside the row that has the focus: by the right button, by the menu key, by
// Shift+F10. Beside the rows it is the menu of the folder.
import { useEffect, useEffectEvent, useState } from "react";
import { ContextMenu } from "../../components/Menu";
import { useSay } from "../../i18n/say";
import type { SelectAct } from "../../ipc/bindings";
import type { OpenFolder } from "../../ipc/openFolder";
import { refOf } from "../../ipc/rows";
import { useChoices } from "./useChoices";
import type { Tidy } from "./useTidy";

interface Props {
  tidy: Tidy;
  folder: OpenFolder | null;
  onChoose: (act: SelectAct) => void;
}

interface At {
  x: number;
  y: number;
  /** Whether it is about what is chosen, and not about the folder. */
  isOfRows: boolean;
}

export function RowMenu({ tidy, folder, onChoose }: Props) {
  const say = useSay();
  const choices = useChoices(tidy);
  const [at, setAt] = useState<At | null>(null);
  const open = useEffectEvent((target: Element, x: number, y: number) => {
    const row = target.closest<HTMLElement>("[role='row']");
    const shown = row && folder?.rows.at(Number(row.dataset.at));
    // The heads are about no file, and a row that is on its way about none yet.
    if (row && !shown) return;
    if (!shown) onChoose({ act: "none" });
    else if (!shown.isSelected) onChoose({ act: "only", row: refOf(shown) });
    setAt({ x, y, isOfRows: Boolean(shown) });
  });
  useEffect(() => {
    const onMenu = (event: MouseEvent) => {
      const grid = gridAt(event.target);
      if (grid === null) return;
      event.preventDefault();
      open(grid, event.clientX, event.clientY);
    };
    const onKey = (event: KeyboardEvent) => {
      const grid = gridAt(event.target);
      const isMenu = event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey);
      if (grid === null || !isMenu) return;
      event.preventDefault();
      const { left, bottom } = grid.getBoundingClientRect();
      open(grid, left + INDENT, bottom);
    };
    window.addEventListener("contextmenu", onMenu);
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("contextmenu", onMenu);
      window.removeEventListener("keydown", onKey);
    };
  }, []);
  // What was pressed on is being chosen, and would change the menu under the hand.
  const isAbout = at !== null && at.isOfRows === (tidy.move !== null);
  const isDue = at !== null && !isAbout;
  useEffect(() => {
    if (!isDue) return;
    // Perhaps it could not be chosen; the menu does not come with a later choice.
    const forget = () => setAt(null);
    for (const press of PRESSES) window.addEventListener(press, forget, true);
    return () => {
      for (const press of PRESSES) window.removeEventListener(press, forget, true);
    };
  }, [isDue]);
  if (!isAbout || choices.length === 0) return null;
  return (
    <ContextMenu
      x={at.x}
      y={at.y}
      label={say("tidy.menu")}
      choices={choices}
      onClose={() => setAt(null)}
    />
  );
}

/** How far inside of its row the menu of the keys stands. */
const INDENT = 40;

const PRESSES = ["pointerdown", "keydown"];

const gridAt = (target: EventTarget | null) =>
  target instanceof Element && target.closest("[role='grid']") !== null ? target : null;
