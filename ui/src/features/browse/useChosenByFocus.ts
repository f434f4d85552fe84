// The choice follows the focus. Of themselves arrow keys choose the row that they reach, while typing a name or coming
// in by Tab moves the focus alone; but Ctrl+C shall mean the row that the person is at, however they came there. Who
// holds a key to choose more than one row is left alone.
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
    let isExtending = false;
    const onHand = (event: KeyboardEvent | PointerEvent) => {
      isExtending = event.shiftKey || event.ctrlKey || event.metaKey;
    };
    const onFocus = ({ target }: FocusEvent) => {
      const isRow = target instanceof HTMLElement && target.getAttribute("role") === "row";
      if (isRow && !isExtending && target.dataset.key !== undefined)
        reach(target.dataset.key as EntryId);
    };
    element.addEventListener("keydown", onHand, { capture: true });
    element.addEventListener("pointerdown", onHand, { capture: true });
    element.addEventListener("focusin", onFocus);
    return () => {
      element.removeEventListener("keydown", onHand, { capture: true });
      element.removeEventListener("pointerdown", onHand, { capture: true });
      element.removeEventListener("focusin", onFocus);
    };
  }, [table]);
}
