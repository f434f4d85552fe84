// Ways in: the profiles of this computer, what the last session chose, and going in.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Backend, ProfileId } from "../ipc/backend";
import type { AppError, Connection, Recalled } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { toAppError } from "../ipc/errors";
import { keys } from "./keys";

/** What the window starts with: the last session's way in, tried once. */
export interface Start {
  recalled: Recalled;
  connection: Connection | null;
  refusal: { profile: ProfileId; error: AppError } | null;
}

const nothingRecalled: Recalled = { profile: null, place: null, memory: "refused" };

export const startQuery = (backend: Backend) =>
  queryOptions({
    queryKey: keys.start,
    queryFn: async (): Promise<Start> => {
      const recalled = await backend.recall().catch(() => nothingRecalled);
      const { profile } = recalled;
      if (profile === null) return { recalled, connection: null, refusal: null };
      try {
        return { recalled, connection: await backend.connect(profile, false), refusal: null };
      } catch (rejection) {
        return { recalled, connection: null, refusal: { profile, error: toAppError(rejection) } };
      }
    },
  });

export const profilesQuery = (backend: Backend) =>
  queryOptions({ queryKey: keys.profiles, queryFn: () => backend.profiles() });

interface WayIn {
  profile: ProfileId;
  insistsOnHttp?: boolean;
}

/** Goes in. Signing in again lengthens links, so their ends are asked for anew. */
export function useConnect() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ profile, insistsOnHttp = false }: WayIn) =>
      backend.connect(profile, insistsOnHttp),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.linkEnds }),
  });
}
