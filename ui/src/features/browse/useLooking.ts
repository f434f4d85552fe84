// How the person looks at folders: in which order, and for what they search. The order stays for the next folder; a
// search belongs to the place in which it began.
import { useEffect, useMemo, useState } from "react";
import { useIntl } from "react-intl";
import type { Arrangement, Depth, Place } from "../../ipc/bindings";
import type { Sorting } from "./ColumnHeads";

export interface Looking {
  sorting: Sorting;
  sort: (sorting: Sorting) => void;
  /** As typed. */
  search: string;
  setSearch: (text: string) => void;
  /** Whether all subfolders are meant, too. */
  isBelow: boolean;
  setBelow: (isBelow: boolean) => void;
  endSearch: () => void;
  /** What follows for the folder. */
  depth: Depth;
  arrangement: Arrangement;
}

/** Below a folder, each search is read from the server: it begins when the typing pauses. */
const PAUSE_MS = 250;
const UNSOUGHT = { place: null as Place | null, text: "", isBelow: false };

export function useLooking(place: Place | null): Looking {
  const { locale } = useIntl();
  const [sorting, sort] = useState<Sorting>({ by: "name", descending: false });
  const [latest, setLatest] = useState(UNSOUGHT);
  const mine = latest.place === place ? latest : UNSOUGHT;
  const typed = mine.text.trim();
  const paused = usePaused(typed);
  const depth: Depth = mine.isBelow && typed !== "" && paused !== "" ? "below" : "here";
  const search = depth === "below" ? paused : typed;
  const { by, descending } = sorting;
  const arrangement = useMemo(
    () => ({ sort: by, descending, search, locale }),
    [by, descending, search, locale],
  );
  return {
    ...{ sorting, sort, depth, arrangement, search: mine.text, isBelow: mine.isBelow },
    setSearch: (text) => setLatest({ ...mine, place, text }),
    setBelow: (isBelow) => setLatest({ ...mine, place, isBelow }),
    endSearch: () => setLatest(UNSOUGHT),
  };
}

function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const pausing = setTimeout(() => setPaused(text), PAUSE_MS);
    return () => clearTimeout(pausing);
  }, [text]);
  return paused;
}
