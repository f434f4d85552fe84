// Lending what is chosen: one file or many, and which files were lent in this session.
import { useMemo, useState } from "react";
import { type Folder, useSelected } from "../features/browse/useFolder";
import { useManySharing } from "../features/share/useManySharing";
import { type Subject, useSharing } from "../features/share/useSharing";
import type { ProfileId } from "../ipc/backend";
import type { Expiry, Place, Selected } from "../ipc/bindings";
import { countOf } from "../ipc/openFolder";

const NONE: readonly Subject[] = [];

export function useLending(profile: ProfileId, folder: Folder, expiry: Expiry, mayInline: boolean) {
  const place = folder?.place ?? null;
  const lent = useLent(place);
  const chosen = useSelected(folder);
  const { subjects, isMany, isTooMany } = useMemo(() => loanOf(chosen, place), [chosen, place]);
  const only = isMany ? null : (subjects[0] ?? null);
  const one = useSharing(profile, only, expiry, mayInline, (link) =>
    lent.add(link.bucket, [link.key]),
  );
  const many = useManySharing(
    profile,
    isMany ? subjects : NONE,
    expiry,
    mayInline,
    ({ made, copied }) => {
      const keys = made.map(({ key }) => key);
      if (copied && place !== null) lent.add(place.bucket, keys);
    },
  );
  return {
    lent,
    one,
    many,
    isMany,
    isTooMany,
    canCopy: subjects.length > 0,
    isCopying: one.isCopying || many.isCopying,
    /** Rows show at once what is being chosen, and that is what is meant. */
    copy: async () => {
      const settled = await folder?.settled();
      const loan = settled && loanOf(settled, place);
      const [first] = loan?.subjects ?? [];
      if (loan?.isMany) many.copy(loan.subjects);
      else if (first) one.copy(first);
    },
    forget: () => {
      one.forget();
      many.forget();
    },
  };
}

function loanOf(chosen: Selected, place: Place | null) {
  const files = chosen.entries.filter((entry) => entry.kind === "object");
  // Of more than a thousand only the first are known here, and a part of what was chosen is not what was meant.
  const isTooMany = files.length < chosen.selection.files;
  const subjects = files.map(({ key, name }) => ({ bucket: place?.bucket ?? "", key, name }));
  return { isTooMany, isMany: countOf(chosen) > 1, subjects: isTooMany ? NONE : subjects };
}

/** Files whose links were copied in this session. */
function useLent(place: Place | null) {
  const [all, setAll] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const here = useMemo(() => all.get(place?.bucket ?? "") ?? new Set<string>(), [all, place]);
  const add = (bucket: string, keys: readonly string[]) =>
    setAll((known) => new Map(known).set(bucket, new Set([...(known.get(bucket) ?? []), ...keys])));
  return { here, add };
}
