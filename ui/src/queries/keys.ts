// The names of backend facts in the query cache. What changes a fact invalidates it by these names.
import type { ProfileId } from "../ipc/backend";
import type { Expiry, Organisation, Place } from "../ipc/bindings";

export const keys = {
  start: ["start"] as const,
  profiles: ["profiles"] as const,
  policy: ["policy"] as const,
  signedIn: (profile: ProfileId) => ["signedIn", profile] as const,
  accounts: ({ startUrl, region }: Organisation) => ["accounts", startUrl, region] as const,
  roles: ({ startUrl, region }: Organisation, account: string) =>
    ["roles", startUrl, region, account] as const,
  settings: ["settings"] as const,
  leftovers: ["leftovers"] as const,
  places: (profile: ProfileId) => ["places", profile] as const,
  listing: (profile: ProfileId, place: Place) =>
    ["listing", profile, place.bucket, place.prefix] as const,
  linkEnds: ["linkEnd"] as const,
  linkEnd: (profile: ProfileId, expiry: Expiry) => ["linkEnd", profile, expiry] as const,
};
