// Links: when one would end, and making one or many.
import { queryOptions, useMutation } from "@tanstack/react-query";
import type { Backend, ProfileId } from "../ipc/backend";
import type { Expiry, LinkRequest, LinksRequest } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { keys } from "./keys";

const FRESH_MS = 30_000;

/** The real end of a link made now; asked for again while it is shown, because "now" moves. */
export const linkEndQuery = (backend: Backend, profile: ProfileId, expiry: Expiry) =>
  queryOptions({
    queryKey: keys.linkEnd(profile, expiry),
    queryFn: () => backend.linkEnd(profile, expiry),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    refetchOnWindowFocus: true,
  });

export function useCopyLink() {
  const backend = useBackend();
  return useMutation({
    mutationFn: ({ request, asCopy }: { request: LinkRequest; asCopy: boolean }) =>
      asCopy ? backend.copyLinkToCopy(request) : backend.copyLink(request),
  });
}

export function useCopyLinks(onDone: (done: number) => void) {
  const backend = useBackend();
  return useMutation({ mutationFn: (request: LinksRequest) => backend.copyLinks(request, onDone) });
}

export function useStopLinks() {
  const backend = useBackend();
  return useMutation({ mutationFn: () => backend.stopLinks() });
}

export function useBringBack() {
  const backend = useBackend();
  return useMutation({ mutationFn: (request: LinkRequest) => backend.bringBack(request) });
}

export function useCopyText() {
  const backend = useBackend();
  return useMutation({ mutationFn: (text: string) => backend.copyText(text) });
}
