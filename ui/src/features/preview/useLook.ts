// The file that is chosen, looked at: a moment after it was chosen, because whoever walks through a list by keys does
// not look at each; and given back when another is.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Look } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { type FileEntry, lookId, lookQuery } from "../../queries/preview";

const MOMENT_MS = 150;

export interface Looked {
  file: FileEntry;
  /** Null while it is on its way, or where it could not be looked at. */
  look: Look | null;
  error: AppError | null;
  /** It is looked at once more. */
  isAnew: boolean;
  again: () => void;
}

export function useLook(profile: ProfileId, bucket: string | null, file: FileEntry | null) {
  const backend = useBackend();
  const settled = useSettled(file);
  const looked = file !== null && settled !== null && isSame(file, settled) ? file : null;
  const { data, error, isFetching, refetch } = useQuery({
    ...lookQuery(backend, profile, bucket ?? "", looked ?? NOTHING),
    enabled: looked !== null && bucket !== null,
  });
  const id = data && lookId(data);
  useEffect(
    () => () => {
      if (id) void backend.forgetPreviews([id]);
    },
    [backend, id],
  );
  if (file === null) return null;
  const isThis = looked !== null;
  return {
    ...{ file, look: (isThis && data) || null, error: isThis ? error : null },
    ...{ isAnew: isFetching, again: () => void refetch() },
  } satisfies Looked;
}

const NOTHING: FileEntry = {
  ...{ kind: "object", key: "", name: "", size: 0, modifiedAt: null, storageClass: null },
};

const isSame = (one: FileEntry, other: FileEntry) =>
  one.key === other.key && one.size === other.size && one.modifiedAt === other.modifiedAt;

function useSettled<Value>(value: Value): Value | null {
  const [settled, setSettled] = useState<Value | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), MOMENT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
