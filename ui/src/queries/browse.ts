// Places. What is in them is in `ipc/openFolder`: a million rows are looked at, not fetched.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Backend, ProfileId } from "../ipc/backend";
import type { Place } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { keys } from "./keys";

export const placesQuery = (backend: Backend, profile: ProfileId) =>
  queryOptions({ queryKey: keys.places(profile), queryFn: () => backend.places(profile) });

export const recentsQuery = (backend: Backend, profile: ProfileId) =>
  queryOptions({
    queryKey: keys.recents(profile),
    queryFn: () => backend.recentPlaces(profile),
    // Each folder that is opened is a new one.
    staleTime: 0,
  });

export function useAddPlace(profile: ProfileId) {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (address: string) => backend.addPlace(profile, address),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.places(profile) }),
  });
}

export function useRemovePlace(profile: ProfileId) {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (place: Place) => backend.removePlace(profile, place),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.places(profile) }),
  });
}

export function usePinPlace(profile: ProfileId) {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (place: Place) => backend.pinPlace(profile, place),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.places(profile) }),
  });
}

/** Where a typed or pasted address leads. */
export function useDestination(profile: ProfileId) {
  const backend = useBackend();
  return useMutation({ mutationFn: (address: string) => backend.destination(profile, address) });
}
