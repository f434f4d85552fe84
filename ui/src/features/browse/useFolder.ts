// What is in the open place, as far as it has been read.
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useIntl } from "react-intl";
import type { ProfileId } from "../../ipc/backend";
import type { Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { listingQuery, reloadListing } from "../../queries/browse";
import { inOrder } from "./entries";

export type Folder = ReturnType<typeof useFolder>;

const NOWHERE: Place = { bucket: "", prefix: "" };

export function useFolder(profile: ProfileId, place: Place | null) {
  const { locale } = useIntl();
  const cache = useQueryClient();
  const query = useInfiniteQuery({
    ...listingQuery(useBackend(), profile, place ?? NOWHERE),
    enabled: place !== null,
  });
  const pages = query.data?.pages;
  const entries = useMemo(() => inOrder(pages ?? [], locale), [pages, locale]);
  return {
    entries,
    isLoading: query.isPending,
    /** Nothing could be shown at all. */
    error: query.data === undefined ? query.error : null,
    /** Something is shown, and the latest attempt to read more of it or to read it anew failed. */
    laterError: query.data === undefined ? null : query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    isReloading: query.isFetching && !query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching && !query.isError) void query.fetchNextPage();
    },
    retryMore: () => void query.fetchNextPage(),
    reload: () => {
      if (place !== null) void reloadListing(cache, profile, place);
    },
  };
}
