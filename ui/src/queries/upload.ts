// Sending files: choosing, starting, changing, clearing up. Progress comes by itself, through `ipc/transfers`.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Backend, ProfileId, TransferId } from "../ipc/backend";
import type { Drop, Leave, Place, SendRequest } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { keys } from "./keys";

export function useSend() {
  const backend = useBackend();
  return useMutation({ mutationFn: (request: SendRequest) => backend.send(request) });
}

interface Asked {
  profile: ProfileId;
  place: Place;
  drop: Drop["id"];
}

export function useTaken() {
  const backend = useBackend();
  return useMutation({
    mutationFn: ({ profile, place, drop }: Asked) => backend.taken(profile, place, drop),
  });
}

export function useMakeFolders(profile: ProfileId, place: Place) {
  const backend = useBackend();
  return useMutation({
    mutationFn: (names: string[]) => backend.makeFolders(profile, place, names),
  });
}

export type TransferChange = "cancel" | "pause" | "resume" | "forget";

const CHANGES: Record<TransferChange, (backend: Backend, id: TransferId) => Promise<void>> = {
  cancel: (backend, id) => backend.cancelTransfer(id),
  pause: (backend, id) => backend.pauseTransfer(id),
  resume: (backend, id) => backend.resumeTransfer(id),
  forget: (backend, id) => backend.forgetTransfer(id),
};

export function useChangeTransfer(id: TransferId) {
  const backend = useBackend();
  return useMutation({ mutationFn: (change: TransferChange) => CHANGES[change](backend, id) });
}

/** Asked for anew whenever it is shown: days pass while the window stays open. */
export const leftoversQuery = (backend: Backend) =>
  queryOptions({
    queryKey: keys.leftovers,
    queryFn: () => backend.leftovers(),
    staleTime: 0,
  });

export function useRemoveLeftovers() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => backend.removeLeftovers(),
    // Some may be gone although one could not be removed.
    onSettled: () => cache.invalidateQueries({ queryKey: keys.leftovers }),
  });
}

export function useLeave() {
  const backend = useBackend();
  return useMutation({ mutationFn: (how: Leave) => backend.leave(how) });
}
