// Ways in: the profiles of this computer, what the last session chose, and going in.
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Backend, ProfileId } from "../ipc/backend";
import type { AppError, Connection, Recalled, SignedIn } from "../ipc/bindings";
import { useBackend, useFolders } from "../ipc/context";
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
        return { recalled, connection: await backend.connect(profile, false, null), refusal: null };
      } catch (rejection) {
        return { recalled, connection: null, refusal: { profile, error: toAppError(rejection) } };
      }
    },
  });

const waysIn = (backend: Backend) =>
  queryOptions({ queryKey: keys.profiles, queryFn: () => backend.profiles() });

export const profilesQuery = (backend: Backend) =>
  queryOptions({ ...waysIn(backend), select: ({ profiles }) => profiles });

/** Why those of the AWS files are not among them. */
export const filesTroubleQuery = (backend: Backend) =>
  queryOptions({ ...waysIn(backend), select: ({ error }) => error });

export interface WayIn {
  profile: ProfileId;
  insistsOnHttp?: boolean;
  /** The six digits that some ask for. */
  code?: string | null;
}

/** Goes in. Signing in again lengthens links, so their ends are asked for anew. */
export function useConnect() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ profile, insistsOnHttp = false, code = null }: WayIn) =>
      backend.connect(profile, insistsOnHttp, code),
    onSuccess: ({ profile, until, credentialsEnd }) => {
      cache.setQueryData(keys.signedIn(profile.id), { until, credentialsEnd });
      void cache.invalidateQueries({ queryKey: keys.profiles });
      return cache.invalidateQueries({ queryKey: keys.linkEnds });
    },
    // What was refused is not what it seemed to be.
    onError: () => void cache.invalidateQueries({ queryKey: keys.profiles }),
  });
}

const FRESH_MS = 30_000;

/** Until when one is signed in, as it is now: people sign in and out elsewhere, too. */
export function useSignedIn({ profile, until, credentialsEnd }: Connection): SignedIn {
  const backend = useBackend();
  const cache = useQueryClient();
  const queryKey = keys.signedIn(profile.id);
  const { data } = useQuery({
    queryKey,
    queryFn: async () => {
      const known = cache.getQueryData<SignedIn>(queryKey);
      const forgetEnds = () => void cache.invalidateQueries({ queryKey: keys.linkEnds });
      const now = await backend.signedIn(profile.id).catch((over) => {
        forgetEnds();
        throw over;
      });
      if (known && JSON.stringify(known) !== JSON.stringify(now)) forgetEnds();
      return now;
    },
    initialData: { until, credentialsEnd },
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
    refetchOnWindowFocus: "always",
  });
  return data;
}

/** Reads anew what was refused while the sign-in had ended. */
export function useReadAgain() {
  const cache = useQueryClient();
  const folders = useFolders();
  return () => {
    folders.readAgain();
    return cache.refetchQueries({
      type: "active",
      predicate: ({ state }) => state.status === "error",
    });
  };
}

export const policyQuery = (backend: Backend) =>
  queryOptions({ queryKey: keys.policy, queryFn: () => backend.policy() });
