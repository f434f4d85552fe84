// What can be done with what is chosen, and what is being asked about it. The menu, the keys and the button beside the
// list all end here.
import { useState } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { ChosenRow, Entry, Place, Selected } from "../../ipc/bindings";
import { countOf, type OpenFolder } from "../../ipc/openFolder";
import { type Rows, useDelete, useSave } from "../../queries/tidy";

export type Asking =
  | { kind: "newFolder"; place: Place }
  | { kind: "rename"; bucket: string; entry: Entry }
  | { kind: "move"; rows: Rows; from: Place; entry: Entry; count: number };

export type Tidy = ReturnType<typeof useTidy>;

export function useTidy(
  profile: ProfileId,
  place: Place | null,
  folder: OpenFolder | null,
  drawn: { count: number; entries: readonly Entry[] },
) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const remove = useDelete();
  const saving = useSave();
  // What is seen as chosen may be ahead of what is known of it, and an act is about what is seen.
  const withChosen = async (act: (chosen: Selected, only: Entry, place: Place) => unknown) => {
    const chosen = await folder?.settled();
    const [only] = chosen?.entries ?? [];
    if (chosen && only && place) return act(chosen, only, place);
  };
  const withRows = (act: (rows: Rows) => void) =>
    void withChosen(async (chosen, _, from) => {
      const rows = await rowsOf(profile, from, folder, chosen);
      if (rows) act(rows);
    });
  const forget = () => {
    remove.reset();
    saving.reset();
  };
  const acts = {
    rename: () =>
      void withChosen((chosen, entry, { bucket }) => {
        if (countOf(chosen) === 1) setAsking({ kind: "rename", bucket, entry });
      }),
    move: () =>
      void withChosen(async (chosen, entry, from) => {
        const rows = await rowsOf(profile, from, folder, chosen);
        if (rows) setAsking({ kind: "move", rows, from, entry, count: countOf(chosen) });
      }),
    save: () => {
      forget();
      withRows((rows) => saving.mutate(rows));
    },
    remove: () => {
      forget();
      withRows((rows) => remove.mutate(rows));
    },
  };
  const isSome = place !== null && drawn.count > 0;
  return {
    profile,
    asking,
    /** Why the latest act did not begin. */
    refused: remove.error ?? saving.error,
    wasSaving: saving.error !== null,
    forget,
    endAsking: () => setAsking(null),
    newFolder: place && (() => setAsking({ kind: "newFolder", place })),
    /** Null where nothing is chosen, as far as is known. */
    rename: isSome && drawn.count === 1 ? acts.rename : null,
    move: isSome ? acts.move : null,
    save: isSome ? acts.save : null,
    remove: isSome ? acts.remove : null,
    /** Of what is chosen by then, if anything is: a key may follow a click before that is known. */
    byKey: acts,
  };
}

async function rowsOf(
  profile: ProfileId,
  { bucket }: Place,
  folder: OpenFolder | null,
  chosen: Selected,
): Promise<Rows | null> {
  const { entries } = chosen;
  if (countOf(chosen) <= entries.length)
    return { profile, bucket, chosen: { kind: "rows", rows: entries.map(rowOf) } };
  const id = await (folder?.id() ?? null);
  return id === null ? null : { profile, bucket, chosen: { kind: "selected", folder: id } };
}

export function rowOf(entry: Entry): ChosenRow {
  if (entry.kind === "folder") return { kind: "folder", prefix: entry.prefix };
  const { key, size, modifiedAt, storageClass } = entry;
  return { kind: "object", key, size, modifiedAt, storageClass };
}
