// Lending what is chosen: one file or many, and which files were lent in this session.
import { useMemo, useState } from "react";
import type { Selection } from "../features/browse/useSelection";
import { useManySharing } from "../features/share/useManySharing";
import { type Subject, useSharing } from "../features/share/useSharing";
import type { ProfileId } from "../ipc/backend";
import type { Entry, Expiry, Place } from "../ipc/bindings";

const NONE: readonly Subject[] = [];

export function useLending(
  profile: ProfileId,
  place: Place | null,
  { entries, files, count }: Pick<Selection, "entries" | "files" | "count">,
  expiry: Expiry,
  mayInline: boolean,
) {
  const lent = useLent(place);
  const chosen = useMemo(() => subjectsOf(entries, place), [entries, place]);
  // Of more than a thousand only the first are known here, and a part of what was chosen is not what was meant.
  const isTooMany = chosen.length < files;
  const subjects = isTooMany ? NONE : chosen;
  const isMany = count > 1;
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
    copy: isMany ? many.copy : one.copy,
    forget: () => {
      one.forget();
      many.forget();
    },
  };
}

function subjectsOf(entries: readonly Entry[], place: Place | null): Subject[] {
  if (place === null) return [];
  const files = entries.filter((entry) => entry.kind === "object");
  return files.map(({ key, name }) => ({ bucket: place.bucket, key, name }));
}

/** Files whose links were copied in this session. */
function useLent(place: Place | null) {
  const [all, setAll] = useState<ReadonlyMap<string, ReadonlySet<string>>>(new Map());
  const here = useMemo(() => all.get(place?.bucket ?? "") ?? new Set<string>(), [all, place]);
  const add = (bucket: string, keys: readonly string[]) =>
    setAll((known) => new Map(known).set(bucket, new Set([...(known.get(bucket) ?? []), ...keys])));
  return { here, add };
}
