// The place history of this window, and the wish that the next start finds the last place.
import { useCallback, useEffect, useMemo, useReducer } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { type EntryId, folderId } from "./entries";
import { above, canGoBack, canGoForward, move, present, startAt } from "./history";

export type PlaceHistory = ReturnType<typeof usePlaceHistory>;

export function usePlaceHistory(profile: ProfileId, start: Place | null) {
  const backend = useBackend();
  const [history, go] = useReducer(move, start, startAt);
  const here = present(history);
  const place = here?.place ?? null;
  const { bucket, prefix } = place ?? {};

  useEffect(() => {
    if (bucket === undefined || prefix === undefined) return;
    // Whether choices are kept was said at the start; a refusal here changes nothing for the person.
    backend.rememberPlace(profile, { bucket, prefix }).catch(() => undefined);
  }, [backend, profile, bucket, prefix]);

  const visit = useCallback((to: Place) => go({ kind: "visit", place: to }), []);
  const choose = useCallback((chosen: EntryId | null) => go({ kind: "choose", chosen }), []);
  const up = useCallback(() => {
    const parent = place && above(place);
    if (place && parent) go({ kind: "visit", place: parent, chosen: folderId(place.prefix) });
  }, [place]);

  return useMemo(
    () => ({
      place,
      chosen: here?.chosen ?? null,
      canGoBack: canGoBack(history),
      canGoForward: canGoForward(history),
      back: () => go({ kind: "back" }),
      forward: () => go({ kind: "forward" }),
      visit,
      choose,
      up,
    }),
    [place, here, history, visit, choose, up],
  );
}
