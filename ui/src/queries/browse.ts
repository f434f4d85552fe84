// Places and what is in them.
import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { Backend, ProfileId } from "../ipc/backend";
import type { Listing, Place } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { keys } from "./keys";

export const placesQuery = (backend: Backend, profile: ProfileId) =>
  queryOptions({ queryKey: keys.places(profile), queryFn: () => backend.places(profile) });

export const listingQuery = (backend: Backend, profile: ProfileId, place: Place) =>
  infiniteQueryOptions({
    queryKey: keys.listing(profile, place),
    queryFn: ({ pageParam }) => backend.list(profile, place, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Listing) => page.nextPage,
  });

/** Reads a place anew from its first page: a thousand pages are not fetched again because one file came. */
export async function reloadListing(cache: QueryClient, profile: ProfileId, place: Place) {
  const queryKey = keys.listing(profile, place);
  cache.setQueryData(queryKey, (known: Pages | undefined) =>
    known ? { pages: known.pages.slice(0, 1), pageParams: known.pageParams.slice(0, 1) } : known,
  );
  await cache.refetchQueries({ queryKey });
}

interface Pages {
  pages: Listing[];
  pageParams: (string | null)[];
}

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
