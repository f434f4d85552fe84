// Looking at files, in memory: a red picture for whatever is one by its name.
import type { Backend } from "./backend";
import type { AppError, FileDetails, Look, Sight } from "./bindings";
import type { Scenario } from "./fake";

export type FakePreviews = Pick<
  Backend,
  "look" | "previewText" | "thumbnails" | "forgetPreviews" | "previewTrouble" | "followPlaying"
>;

type Answer = <Made>(
  call: [keyof Backend, ...unknown[]],
  make: () => Made | AppError,
) => Promise<Made>;

const RED = "data:image/gif;base64,R0lGODdhAQABAIABAP8AAP///ywAAAAAAQABAAACAkQBADs=";

const KINDS: [RegExp, (id: string) => Sight][] = [
  [/\.(jpe?g|png|gif|webp|tiff?|heic)$/i, (id) => ({ kind: "picture", id, url: RED, large: RED })],
  [/\.pdf$/i, (id) => ({ kind: "page", id, url: RED, large: RED })],
  [/\.(txt|md|csv|log)$/i, (id) => ({ kind: "text", id })],
  [/\.(mp4|mov|webm)$/i, (id) => ({ kind: "video", id, url: "data:video/mp4;base64," })],
  [/\.(mp3|wav|m4a)$/i, (id) => ({ kind: "sound", id, url: "data:audio/mpeg;base64," })],
];

export function fakePreviews(scenario: Scenario, answer: Answer): FakePreviews {
  let latest = 0;
  let latestSmall = 0;
  return {
    look: (profile, bucket, key) =>
      answer(["look", profile, bucket, key], (): Look | AppError => {
        const told = scenario.looks[key] ?? {};
        if ("code" in told) return told;
        latest += 1;
        const made = KINDS.find(([ending]) => ending.test(key))?.[1](`look-${latest}`);
        const sight = made ?? ({ kind: "unknown" } as const);
        const details = { ...plain(bucket, key), ...told.details };
        return { sight, ...told, details };
      }),
    previewText: (id) => answer(["previewText", id], () => scenario.text),
    thumbnails: (profile, bucket, files) =>
      answer(["thumbnails", profile, bucket, files], () =>
        files.map(({ key }) => {
          if (!KINDS[0]?.[0].test(key)) return null;
          latestSmall += 1;
          return { id: `small-${latestSmall}`, url: RED };
        }),
      ),
    forgetPreviews: (ids) => answer(["forgetPreviews", ids], () => undefined),
    previewTrouble: async (id) => {
      await answer(["previewTrouble", id], () => undefined);
      return scenario.trouble;
    },
    followPlaying: (id, isPlaying, seconds) =>
      answer(["followPlaying", id, isPlaying, seconds], () => undefined),
  };
}

const plain = (bucket: string, key: string): FileDetails => ({
  ...{ size: 1_234_567, contentType: null, modifiedAt: 1_763_900_000, storageClass: null },
  ...{ encryption: "AES256", kmsKey: null, version: null, checksum: null, etag: '"0123"' },
  ...{ tags: { kind: "read", tags: [] }, address: `s3://${bucket}/${key}` },
});
