// The names of backend facts in the query cache. What changes a fact invalidates it by these names.
import type { ProfileId } from "../ipc/backend";
import type { Expiry, Organisation } from "../ipc/bindings";

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
  recents: (profile: ProfileId) => ["recents", profile] as const,
  look: (
    profile: ProfileId,
    bucket: string,
    key: string,
    size: number,
    modifiedAt: number | null,
  ) => ["look", profile, bucket, key, size, modifiedAt] as const,
  previewText: (id: string) => ["previewText", id] as const,
  previewTrouble: (id: string) => ["previewTrouble", id] as const,
  linkEnds: ["linkEnd"] as const,
  linkEnd: (profile: ProfileId, expiry: Expiry) => ["linkEnd", profile, expiry] as const,
};
