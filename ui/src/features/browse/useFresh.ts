// Reads the open folder anew when the window comes to the front, because others may have changed what is in it. A long
// folder takes as many requests as it has thousands of rows, and is read the more rarely for that: on average, no more
// than one request a second.
import { useEffect, useEffectEvent, useRef } from "react";
import { useClock } from "../../ipc/context";
import type { Folder } from "./useFolder";

const LEAST_MS = 10_000;
const MS_A_ROW = 1;

export function useFresh(folder: Folder) {
  const clock = useClock();
  const readAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder has just been read
  useEffect(() => {
    readAt.current = clock();
  }, [folder, clock]);
  const comeBack = useEffectEvent(() => {
    const { state, error } = folder?.view() ?? { state: null, error: null };
    // Where reading was stopped or failed, going on is the person's decision.
    if (folder === null || folder.depth === "below" || !state?.isComplete || error) return;
    const due = readAt.current + Math.max(LEAST_MS, state.loaded * MS_A_ROW);
    if (state.isReading || clock() < due) return;
    readAt.current = clock();
    folder.reload();
  });
  useEffect(() => {
    const onFocus = () => comeBack();
    window.addEventListener("focus", onFocus);
    return () => window.removeEventListener("focus", onFocus);
  }, []);
}
