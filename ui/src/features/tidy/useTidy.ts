// What can be done with what is chosen, and what is being asked about it. The menu, the keys and the button beside the
// list all end here.
import { useState } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { ChosenRow, Entry, Place } from "../../ipc/bindings";
import type { OpenFolder } from "../../ipc/openFolder";
import { type Rows, useDelete, useSave } from "../../queries/tidy";

/** What is chosen: how many, and the first thousand of it. */
export interface Selected {
  count: number;
  entries: readonly Entry[];
}

export type Asking =
  | { kind: "newFolder"; place: Place }
  | { kind: "rename"; bucket: string; entry: Entry }
  | { kind: "move"; rows: Rows; from: Place; entry: Entry; count: number };

export type Tidy = ReturnType<typeof useTidy>;

export function useTidy(
  profile: ProfileId,
  place: Place | null,
  folder: OpenFolder | null,
  selected: Selected,
) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const remove = useDelete();
  const saving = useSave();
  const [only] = selected.entries;
  const isSome = place !== null && only !== undefined;
  const withRows = async (act: (rows: Rows, place: Place) => void) => {
    const rows = place && (await rowsOf(profile, place, folder, selected));
    if (rows && place) act(rows, place);
  };
  const forget = () => {
    remove.reset();
    saving.reset();
  };
  const one = isSome && selected.count === 1 ? only : null;
  return {
    profile,
    asking,
    /** Why the latest act did not begin. */
    refused: remove.error ?? saving.error,
    wasSaving: saving.error !== null,
    forget,
    endAsking: () => setAsking(null),
    newFolder: place && (() => setAsking({ kind: "newFolder", place })),
    rename: place && one && (() => setAsking({ kind: "rename", bucket: place.bucket, entry: one })),
    move: isSome
      ? () =>
          void withRows((rows, from) =>
            setAsking({ kind: "move", rows, from, entry: only, count: selected.count }),
          )
      : null,
    save: isSome
      ? () => {
          forget();
          void withRows((rows) => saving.mutate(rows));
        }
      : null,
    remove: isSome
      ? () => {
          forget();
          void withRows((rows) => remove.mutate(rows));
        }
      : null,
  };
}

async function rowsOf(
  profile: ProfileId,
  { bucket }: Place,
  folder: OpenFolder | null,
  { count, entries }: Selected,
): Promise<Rows | null> {
  if (count <= entries.length)
    return { profile, bucket, chosen: { kind: "rows", rows: entries.map(rowOf) } };
  const id = await (folder?.id() ?? null);
  return id === null ? null : { profile, bucket, chosen: { kind: "selected", folder: id } };
}

export function rowOf(entry: Entry): ChosenRow {
  if (entry.kind === "folder") return { kind: "folder", prefix: entry.prefix };
  const { key, size, modifiedAt, storageClass } = entry;
  return { kind: "object", key, size, modifiedAt, storageClass };
}
