// The time, as often as a part of the window wants to be drawn anew because of it.
import { useEffect, useState } from "react";
import { useClock } from "../ipc/context";

export function useNow(everyMs: number): number {
  const clock = useClock();
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const ticking = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(ticking);
  }, [clock, everyMs]);
  return now;
}
