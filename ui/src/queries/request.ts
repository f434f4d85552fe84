// Upload links.
import { useMutation } from "@tanstack/react-query";
import type { FileRequest } from "../ipc/bindings";
import { useBackend } from "../ipc/context";

/** Puts a page beside a new folder. */
export function useCopyUploadLink() {
  const backend = useBackend();
  return useMutation({
    mutationFn: (request: FileRequest) => backend.copyUploadLink(request),
  });
}
