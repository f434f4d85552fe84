// Where the focus goes after a question that a menu led to: the menu had it before, and is gone. So that it is not lost,
// the row of the list that had it before the menu gets it.
import { useEffect } from "react";

export function useFocusBack() {
  useEffect(
    () => () => {
      // After the question has tried to give it back itself.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        document.querySelector<HTMLElement>("[role='grid'] [data-at][tabindex='0']")?.focus();
      });
    },
    [],
  );
}
