// What is chosen in the open place: nothing, one entry, or many. One is remembered with the place, so that going back
// finds it; many are a matter of the moment.
import { useMemo, useState } from "react";
import type { Entry, Place } from "../../ipc/bindings";
import { type EntryId, entryId } from "./entries";
import type { PlaceHistory } from "./usePlaceHistory";

type Ids = ReadonlySet<EntryId>;

export function useSelection({ place, chosen, choose }: PlaceHistory, entries: readonly Entry[]) {
  // The list's own set, because that knows where a range began.
  const [latest, setLatest] = useState<{ place: Place; ids: Ids } | null>(null);
  const ids = useMemo((): Ids => {
    const isLatest = latest !== null && latest.place === place && onlyOf(latest.ids) === chosen;
    if (isLatest) return latest.ids;
    return new Set(chosen === null ? [] : [chosen]);
  }, [latest, place, chosen]);
  const chosenEntries = useMemo(
    () => entries.filter((entry) => ids.has(entryId(entry))),
    [entries, ids],
  );
  return {
    ids,
    /** In the order of the list. */
    entries: chosenEntries,
    choose: (next: Ids) => {
      setLatest(place === null ? null : { place, ids: next });
      choose(onlyOf(next));
    },
  };
}

const onlyOf = (ids: Ids) => (ids.size === 1 ? ([...ids][0] ?? null) : null);
