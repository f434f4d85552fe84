// Who has the focus among the rows. Going somewhere by hand brings it to the row there; entering a folder by key
// replaces the list that had it, and a row of the new one takes it over.
import { type FocusEvent, type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { useFocusVisible } from "react-aria";

export function useFocus(body: RefObject<HTMLElement | null>, onTabbedIn: (at: number) => void) {
  const isWanted = useRef(false);
  const isByTab = useTab();
  return {
    /** As soon as it is drawn. */
    want: () => {
      isWanted.current = true;
    },
    /** The same where one of the rows has it already. */
    keep: () => {
      isWanted.current ||= body.current?.contains(document.activeElement) ?? false;
    },
    give: () => {
      if (!isWanted.current) return;
      isWanted.current = false;
      const row = body.current?.querySelector<HTMLElement>("[data-at][tabindex='0']");
      row?.focus({ preventScroll: true });
    },
    /** Ctrl+C means the row that the person is at, so that which Tab leads to is chosen. */
    onFocus: ({ target, relatedTarget }: FocusEvent) => {
      const isRow = target instanceof HTMLElement && target.dataset.at !== undefined;
      const isFromOutside = !(
        relatedTarget instanceof Node && body.current?.contains(relatedTarget)
      );
      const isChosen = target.getAttribute("aria-selected") === "true";
      if (isRow && isFromOutside && isByTab.current && !isChosen)
        onTabbedIn(Number(target.dataset.at));
    },
  };
}

/** Calls when the rows are there, the focus is nowhere, and keys are in use. */
export function useTakenOver(isThere: boolean, onTakeOver: () => void) {
  const { isFocusVisible } = useFocusVisible();
  const takeOver = useEffectEvent(() => {
    const isLost = document.activeElement === document.body;
    // At the start nobody has pressed a key yet, and nothing is to be chosen unasked.
    if (isLost && isFocusVisible && navigator.userActivation.hasBeenActive) onTakeOver();
  });
  useEffect(() => {
    if (isThere) takeOver();
  }, [isThere]);
}

/** Whether the last thing that was done in the window was to press Tab. */
function useTab(): RefObject<boolean> {
  const isTab = useRef(false);
  useEffect(() => {
    const hear = (event: Event) => {
      isTab.current = event instanceof KeyboardEvent && event.key === "Tab";
    };
    const kinds = ["keydown", "pointerdown", "blur"];
    for (const kind of kinds) window.addEventListener(kind, hear, kind !== "blur");
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, hear, kind !== "blur");
    };
  }, []);
  return isTab;
}
