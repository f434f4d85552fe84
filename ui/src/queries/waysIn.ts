// New ways in: through an organisation, with an access key, from a file; and removing one. What they add or remove is
// in the list of ways in afterwards.
import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import type { Backend, ProfileId } from "../ipc/backend";
import type { Account, NewKey, NewRole, Organisation, Profile } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { keys } from "./keys";

/** What an organisation gives changes with every sign-in, so it is asked for anew whenever it is shown. */
export const accountsQuery = (backend: Backend, organisation: Organisation) =>
  queryOptions({
    queryKey: keys.accounts(organisation),
    queryFn: () => backend.accounts(organisation),
    staleTime: 0,
  });

export const rolesQuery = (backend: Backend, organisation: Organisation, account: Account["id"]) =>
  queryOptions({
    queryKey: keys.roles(organisation, account),
    queryFn: () => backend.roles(organisation, account),
    staleTime: 0,
  });

/** One new way in, whichever kind it is; `sessionOnly` keeps it nowhere. */
export type Added = { sessionOnly: boolean } & (
  | { kind: "role"; role: NewRole }
  | { kind: "key"; key: NewKey }
  | { kind: "offer"; offer: number; account: string | null; role: string | null }
);

function add(backend: Backend, added: Added): Promise<Profile> {
  if (added.kind === "role") return backend.addRole(added.role, added.sessionOnly);
  if (added.kind === "key") return backend.addKey(added.key, added.sessionOnly);
  return backend.acceptConnection(added.offer, added.account, added.role, added.sessionOnly);
}

export function useAddConnection() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (added: Added) => add(backend, added),
    // A secret does not stay in the cache.
    gcTime: 0,
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.profiles }),
  });
}

export function usePasteKey() {
  const backend = useBackend();
  return useMutation({ mutationFn: () => backend.pasteKey() });
}

/** What was pasted does not outlast the form. */
export function useForgetPasted() {
  const backend = useBackend();
  // Nobody waits for it, and it is forgotten with the app in any case.
  return useCallback(() => void backend.forgetPastedKey().catch(() => undefined), [backend]);
}

export function useChooseConnectionFile() {
  const backend = useBackend();
  return useMutation({ mutationFn: () => backend.chooseConnectionFile() });
}

/** What one person has seen is not for the next one. */
export function forgetSeen(cache: QueryClient) {
  for (const what of ["places", "recents", "accounts", "roles"])
    cache.removeQueries({ queryKey: [what], type: "inactive" });
}

export function useSignOut() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (profile: ProfileId) => backend.signOut(profile),
    onSuccess: () => forgetSeen(cache),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.profiles }),
  });
}

export function useForgetConnection() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (profile: ProfileId) => backend.forgetConnection(profile),
    onSuccess: () => forgetSeen(cache),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.profiles }),
  });
}
