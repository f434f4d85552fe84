// Which columns there is room for, and how wide they are: the name gets what the others leave.
import { type RefObject, useLayoutEffect, useMemo, useState } from "react";

export type ColumnId = "name" | "size" | "changed" | "link";
export interface FileColumn {
  id: ColumnId;
  width: number | "1fr";
}

/** Each column beside the name, its width, and the width of the list from which it is shown. */
const BESIDE: readonly [ColumnId, number, number][] = [
  ["size", 92, 440],
  ["changed", 124, 360],
  ["link", 132, 540],
];
const FIRST_GUESS = 600;

export function useColumns(frame: RefObject<HTMLElement | null>): readonly FileColumn[] {
  const [width, setWidth] = useState(FIRST_GUESS);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = () => setWidth(element.clientWidth || FIRST_GUESS);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);

  const shown = BESIDE.filter(([, , from]) => width >= from).map(([id]) => id);
  const names = shown.join(" ");
  return useMemo(() => columnsNamed(names), [names]);
}

function columnsNamed(names: string): FileColumn[] {
  const beside = BESIDE.filter(([id]) => names.split(" ").includes(id));
  return [{ id: "name", width: "1fr" }, ...beside.map(([id, width]) => ({ id, width }))];
}
