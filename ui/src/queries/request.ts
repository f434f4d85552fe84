// Upload links.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { FileRequest } from "../ipc/bindings";
import { useBackend } from "../ipc/context";
import { reloadListing } from "./browse";

/** Puts a page beside a new folder; the list shows it afterwards. */
export function useCopyUploadLink() {
  const backend = useBackend();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: FileRequest) => backend.copyUploadLink(request),
    onSuccess: (_, { profile, place }) => void reloadListing(cache, profile, place),
  });
}
