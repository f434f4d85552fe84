// The choice follows the focus. Of themselves arrow keys choose the row that they reach, while typing a name or coming
// in by Tab moves the focus alone; but Ctrl+C shall mean the row that the person is at, however they came there.
import { type RefObject, useEffect, useEffectEvent } from "react";
import type { EntryId } from "./entries";

export function useChosenByFocus(
  table: RefObject<HTMLElement | null>,
  onReach: (id: EntryId) => void,
) {
  const reach = useEffectEvent(onReach);
  useEffect(() => {
    const element = table.current;
    if (element === null) return;
    const onFocus = ({ target }: FocusEvent) => {
      const isRow = target instanceof HTMLElement && target.getAttribute("role") === "row";
      if (isRow && target.dataset.key !== undefined) reach(target.dataset.key as EntryId);
    };
    element.addEventListener("focusin", onFocus);
    return () => element.removeEventListener("focusin", onFocus);
  }, [table]);
}
