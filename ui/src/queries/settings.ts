// What a person has decided for all links.
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Backend } from "../ipc/backend";
import { useBackend } from "../ipc/context";
import { keys } from "./keys";

export const settingsQuery = (backend: Backend) =>
  queryOptions({ queryKey: keys.settings, queryFn: () => backend.settings() });

export function useSetPrivateClipboard() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (isPrivate: boolean) => backend.setPrivateClipboard(isPrivate),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.settings }),
  });
}
