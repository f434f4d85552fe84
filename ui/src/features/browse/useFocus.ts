// Who has the focus among the rows. Going somewhere by hand brings it to the row there; what is found late brings it only
// where nobody is at something else meanwhile. When what has it is not drawn any more, the row with the cursor has it.
import {
  type FocusEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
} from "react";
import { useFocusVisible } from "react-aria";

export type Focus = ReturnType<typeof useFocus>;

export function useFocus(body: RefObject<HTMLElement | null>, onTabbedIn: (at: number) => void) {
  /** The position of the row that is to have it. */
  const wished = useRef<number | null>(null);
  const isWithin = useRef(false);
  const isByTab = useTab();
  const holds = (node: unknown) => node instanceof Node && body.current?.contains(node) === true;
  const stop = () => body.current?.querySelector<HTMLElement>("[data-at][tabindex='0']");
  return {
    isWithin,
    /** Whether nobody has it, and no row is about to. */
    isNowhere: () => wished.current === null && document.activeElement === document.body,
    /** As soon as it is drawn. */
    want: (at: number) => {
      wished.current = at;
    },
    /** The same where one of the rows has it already. */
    keep: (at: number) => {
      if (wished.current !== null || isWithin.current) wished.current = at;
    },
    /** At once, wherever it is. */
    take: () => stop()?.focus({ preventScroll: true }),
    give: () => {
      const isNowhere = document.activeElement === document.body;
      if (!isNowhere && !holds(document.activeElement)) wished.current = null;
      const isLost = isNowhere && isWithin.current;
      const row = wished.current !== null || isLost ? stop() : null;
      // The cursor may be on its way there.
      if (!row || (wished.current !== null && Number(row.dataset.at) !== wished.current)) return;
      wished.current = null;
      row.focus({ preventScroll: true });
    },
    onFocus: ({ target, relatedTarget }: FocusEvent) => {
      isWithin.current = true;
      const isRow = target instanceof HTMLElement && target.dataset.at !== undefined;
      if (isRow && isByTab.current && !holds(relatedTarget)) onTabbedIn(Number(target.dataset.at));
    },
    /** It stays within while the window is behind others. */
    onBlur: () => {
      isWithin.current = holds(document.activeElement);
    },
  };
}

/** Calls when the rows are there and the focus is nowhere, if it was in the list before these or keys are in use. */
export function useTakenOver(
  isThere: boolean,
  { isWithin, isNowhere }: Focus,
  hadFocus: RefObject<boolean>,
  onTakeOver: (isByKeys: boolean) => void,
) {
  const { isFocusVisible } = useFocusVisible();
  const takeOver = useEffectEvent(() => {
    // At the start nobody has pressed a key yet, and nothing is to be chosen unasked.
    const isByKeys = isFocusVisible && navigator.userActivation.hasBeenActive;
    if (isNowhere() && (isByKeys || hadFocus.current)) onTakeOver(isByKeys);
    hadFocus.current = false;
  });
  useEffect(() => {
    if (isThere) takeOver();
  }, [isThere]);
  useLayoutEffect(
    () => () => {
      hadFocus.current = isWithin.current;
    },
    [hadFocus, isWithin],
  );
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
