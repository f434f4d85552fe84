// Arrow keys choose the row that they reach; typing a name is to do the same, and of itself moves the focus alone.
import { type RefObject, useEffect, useEffectEvent } from "react";
import type { EntryId } from "./entries";

export function useChosenByTyping(
  table: RefObject<HTMLElement | null>,
  onChoose: (id: EntryId | null) => void,
) {
  const choose = useEffectEvent(onChoose);
  useEffect(() => {
    const element = table.current;
    if (element === null) return;
    let isTyping = false;
    const onKey = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) => {
      isTyping = key.length === 1 && !ctrlKey && !altKey && !metaKey;
    };
    const onFocus = ({ target }: FocusEvent) => {
      const id = target instanceof HTMLElement && target.dataset.key;
      if (isTyping && id) choose(id as EntryId);
    };
    element.addEventListener("keydown", onKey, { capture: true });
    element.addEventListener("focusin", onFocus);
    return () => {
      element.removeEventListener("keydown", onKey, { capture: true });
      element.removeEventListener("focusin", onFocus);
    };
  }, [table]);
}
