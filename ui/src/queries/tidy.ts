// Tidying: what is to be done with files and folders, and what steers it. Progress comes by itself, through `ipc/tasks`.
import { useMutation } from "@tanstack/react-query";
import type { Backend, ProfileId, TaskId } from "../ipc/backend";
import type { Chosen, ChosenRow, Place } from "../ipc/bindings";
import { useBackend } from "../ipc/context";

export function useNewFolder(profile: ProfileId, place: Place) {
  const backend = useBackend();
  return useMutation({ mutationFn: (name: string) => backend.newFolder(profile, place, name) });
}

export function useRename(profile: ProfileId, bucket: string, row: ChosenRow) {
  const backend = useBackend();
  return useMutation({
    mutationFn: (name: string) => backend.renameRow(profile, bucket, row, name),
  });
}

/** Rows of one bucket. */
export interface Rows {
  profile: ProfileId;
  bucket: string;
  chosen: Chosen;
}

export function useMove({ profile, bucket, chosen }: Rows) {
  const backend = useBackend();
  return useMutation({ mutationFn: (to: Place) => backend.moveRows(profile, bucket, chosen, to) });
}

export function useDelete() {
  const backend = useBackend();
  return useMutation({
    mutationFn: ({ profile, bucket, chosen }: Rows) => backend.deleteRows(profile, bucket, chosen),
  });
}

export function useSave() {
  const backend = useBackend();
  return useMutation({
    mutationFn: ({ profile, bucket, chosen }: Rows) => backend.saveRows(profile, bucket, chosen),
  });
}

export type TaskChange = "consent" | "undo" | "pause" | "resume" | "cancel" | "forget";

const CHANGES: Record<TaskChange, (backend: Backend, id: TaskId) => Promise<void>> = {
  consent: (backend, id) => backend.consentTask(id),
  undo: (backend, id) => backend.undoTask(id),
  pause: (backend, id) => backend.pauseTask(id),
  resume: (backend, id) => backend.resumeTask(id),
  cancel: (backend, id) => backend.cancelTask(id),
  forget: (backend, id) => backend.forgetTask(id),
};

export function useChangeTask(id: TaskId) {
  const backend = useBackend();
  return useMutation({ mutationFn: (change: TaskChange) => CHANGES[change](backend, id) });
}
