// Lending what is chosen: one file or many, and which files were lent in this session.
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useManySharing } from "../features/share/useManySharing";
import { type Subject, useSharing } from "../features/share/useSharing";
import type { ProfileId } from "../ipc/backend";
import type { Entry, Expiry, Place } from "../ipc/bindings";
import { reloadListing } from "../queries/browse";

const NONE: readonly Subject[] = [];

export function useLending(
  profile: ProfileId,
  place: Place | null,
  entries: readonly Entry[],
  expiry: Expiry,
  mayInline: boolean,
) {
  const cache = useQueryClient();
  const lent = useLent(place);
  const subjects = useMemo(() => subjectsOf(entries, place), [entries, place]);
  const isMany = entries.length > 1;
  const only = isMany ? null : (subjects[0] ?? null);
  const one = useSharing(profile, only, expiry, mayInline, (link) => {
    lent.add(link.bucket, [link.key]);
    // A copy is a new file in the list.
    if (place !== null && link.key !== only?.key) void reloadListing(cache, profile, place);
  });
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
