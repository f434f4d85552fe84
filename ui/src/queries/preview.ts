// Looking at a file before it is lent. What is looked at is given back when nobody looks any more: then nothing is
// read for it.
import { queryOptions } from "@tanstack/react-query";
import type { Backend, ProfileId } from "../ipc/backend";
import type { Entry, Look } from "../ipc/bindings";
import { keys } from "./keys";

export type FileEntry = Extract<Entry, { kind: "object" }>;

/** What the backend is given back; nothing where nothing is shown. */
export const lookId = ({ sight }: Look): string | null => ("id" in sight ? sight.id : null);

export const lookQuery = (backend: Backend, profile: ProfileId, bucket: string, file: FileEntry) =>
  queryOptions({
    queryKey: keys.look(profile, bucket, file.key, file.size, file.modifiedAt),
    queryFn: async ({ signal }) => {
      const look = await backend.look(profile, bucket, file.key);
      const id = lookId(look);
      if (signal.aborted && id !== null) void backend.forgetPreviews([id]);
      return look;
    },
    // Its addresses are good as long as somebody looks.
    gcTime: 0,
  });

export const textQuery = (backend: Backend, id: string) =>
  queryOptions({
    queryKey: keys.previewText(id),
    queryFn: () => backend.previewText(id),
    gcTime: 0,
  });

/** Asked when a picture or a player has failed, which are told nothing but that. */
export const troubleQuery = (backend: Backend, id: string) =>
  queryOptions({
    queryKey: keys.previewTrouble(id),
    queryFn: () => backend.previewTrouble(id),
    gcTime: 0,
  });
