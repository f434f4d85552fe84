// Sending files: choosing, starting, stopping. Progress comes by itself, through `ipc/transfers`.
import { useMutation } from "@tanstack/react-query";
import type { TransferId } from "../ipc/backend";
import type { SendRequest } from "../ipc/bindings";
import { useBackend } from "../ipc/context";

export function useChooseFiles() {
  const backend = useBackend();
  return useMutation({ mutationFn: () => backend.chooseFiles() });
}

export function useSend() {
  const backend = useBackend();
  return useMutation({ mutationFn: (request: SendRequest) => backend.send(request) });
}

export function useCancelTransfer() {
  const backend = useBackend();
  return useMutation({ mutationFn: (id: TransferId) => backend.cancelTransfer(id) });
}
