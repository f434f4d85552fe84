// Entering a folder by key replaces the list that had the focus; a row of the new one takes it over.
import { type RefObject, useEffect, useEffectEvent } from "react";
import { useFocusVisible } from "react-aria";

export function useFocusKept(table: RefObject<HTMLElement | null>) {
  const { isFocusVisible } = useFocusVisible();
  const takeOver = useEffectEvent(() => {
    const isLost = document.activeElement === document.body;
    const rows = '[role="row"][aria-selected';
    const chosen = table.current?.querySelector<HTMLElement>(`${rows}="true"]`);
    const row = chosen ?? table.current?.querySelector<HTMLElement>(`${rows}]`);
    // At the start nobody has pressed a key yet, and nothing is to be chosen unasked.
    if (isLost && isFocusVisible && navigator.userActivation.hasBeenActive) row?.focus();
  });
  useEffect(() => {
    // Rows are drawn when the list knows its size, a moment after it is there itself.
    const frame = requestAnimationFrame(() => takeOver());
    return () => cancelAnimationFrame(frame);
  }, []);
}
