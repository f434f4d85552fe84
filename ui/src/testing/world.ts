// A made-up world for the window: one account, two places, a few files, at a fixed moment. Tests change a piece of it;
// in a browser, `?scenario=denied` and its like do.
import type { Drop, Entry, KnownPlace, Profile, SentFile, Transfer } from "../ipc/bindings";
import { createFake, type Fake, fault, profileOf, type Scenario } from "../ipc/fake";
import type { Made } from "../ipc/fakeFolders";
import { apart, waysIn } from "./ways";

/** Monday 23 November 2026, 17:20 in London. */
export const NOW = Date.UTC(2026, 10, 23, 17, 20);
const DAY = 86_400;
const seconds = NOW / 1000;

export const profile = (name: string, change: Partial<Profile> = {}): Profile =>
  profileOf(name, { region: "eu-central-1", ...change });

export const file = (prefix: string, name: string, size: number, modifiedAt: number): Entry => ({
  kind: "object",
  key: `${prefix}${name}`,
  name,
  size,
  modifiedAt,
  storageClass: null,
});

export const folder = (prefix: string, name: string): Entry => ({
  kind: "folder",
  prefix: `${prefix}${name}/`,
  name,
});

export const dropOf = (id: number, ...names: string[]): Drop => ({
  id,
  files: names.map((name) => ({ name, size: 1_000 })),
  emptyFolders: [],
  skipped: [],
});

const LAUNCH = "2026/Autumn launch/";

const launchFiles: Entry[] = [
  folder(LAUNCH, "Photos"),
  folder(LAUNCH, "Press kit"),
  file(LAUNCH, "Embargo letter.pdf", 88_000, seconds - DAY),
  file(LAUNCH, "Hero image 4000×2250.jpg", 6_100_000, seconds - 4 * DAY),
  file(LAUNCH, "Launch film, final cut.mp4", 214_000_000, seconds - 29_280),
  file(LAUNCH, "Raw footage.zip", 18_400_000_000, seconds - 11 * DAY),
  file(LAUNCH, "Übersicht – 新製品.docx", 1_200_000, seconds - 5 * DAY),
];

export const manyFiles = (count: number): Entry[] =>
  Array.from({ length: count }, (_, at) =>
    file("", `Photo ${String(at + 1).padStart(4, "0")}.jpg`, 2_000_000 + at, seconds - at * 600),
  );

/** So many files that they are made when they are looked at. */
export const longFolder = (length: number): Made => ({
  length,
  at: (position) =>
    position >= 0 && position < length
      ? file("", `Shot ${String(position + 1).padStart(7, "0")}.jpg`, position, seconds - position)
      : undefined,
  find: ({ key }) => {
    const number = Number(/^Shot (\d{7})\.jpg$/.exec(key)?.[1] ?? 0);
    return number <= length ? number - 1 : -1;
  },
});

const known = (bucket: string, origin: KnownPlace["origin"], prefix = ""): KnownPlace => ({
  place: { bucket, prefix },
  origin,
});

const places = [
  known("acme-press", "listed"),
  known("acme-video", "listed"),
  known("legal-outbox", "added"),
];

export function everyday(): Scenario {
  return {
    now: () => NOW,
    profiles: [
      profile("Marketing", {
        ...{ isDefault: true, role: "PressOffice", account: "123456789012" },
        standing: { kind: "ready" },
      }),
      profile("Video archive", { kind: "accessKey", standing: { kind: "ready" } }),
    ],
    recalled: {
      profile: "aws:marketing",
      place: { bucket: "acme-press", prefix: LAUNCH },
      memory: "kept",
    },
    own: [],
    connectError: null,
    credentialsEnd: { kind: "never" },
    memory: "kept",
    ...apart(),
    places,
    mayList: true,
    folders: {
      "acme-press/": [folder("", "2025"), folder("", "2026")],
      "acme-press/2026/": [folder("2026/", "Autumn launch"), folder("2026/", "Empty")],
      "acme-press/2026/Empty/": [],
      [`acme-press/${LAUNCH}`]: launchFiles,
      [`acme-press/${LAUNCH}Photos/`]: [],
      "acme-video/": manyFiles(2_500),
      "legal-outbox/": fault(
        {
          code: "accessDenied",
          params: {
            action: "list",
            by: "notSaid",
            profile: "Marketing",
            bucket: "legal-outbox",
            key: null,
          },
        },
        "AccessDenied (403) on ListObjectsV2",
      ),
      "new-place/": [file("", "Welcome.txt", 1_200, seconds)],
    },
    readsAtOnce: Number.POSITIVE_INFINITY,
    readError: null,
    policySeconds: null,
    looks: {},
    text: { text: "Hello", isCut: false },
    trouble: null,
    copyError: null,
    linkErrors: {},
    versionId: "3sL4kqtJlcpXroDTDmJ",
    downloads: false,
    clockOffsetSeconds: 0,
    privateClipboard: false,
    checked: "opens",
    clipboardRefuses: false,
    sendError: null,
    fileDialog: dropOf(9, "Interview.mov"),
    folderDialog: dropOf(10, "Photos/a.jpg", "Photos/b.jpg"),
    clipboard: dropOf(11, "Notes.txt"),
    taken: { count: 0, names: [] },
    folderError: null,
    leftoversError: null,
    transferError: null,
    leftovers: 0,
    hasTray: true,
    transfers: [],
    tidyError: null,
    keeps: "nothing",
    savesNowhere: false,
    tasks: [],
    delayMs: 0,
  };
}

export const transferOf = (id: number, change: Partial<Transfer> = {}): Transfer => ({
  ...{ id, profile: "aws:marketing", place: { bucket: "acme-press", prefix: LAUNCH } },
  ...{ expiry: { kind: "for", seconds: 3 * DAY }, disposition: "inline", state: "uploading" },
  ...{ files: 1, filesDone: 0, currentName: null, bytesSent: 0, bytesTotal: 1_200_000_000 },
  ...{ startedAt: seconds - 120, isKept: true, trouble: null, restarted: [], leftOut: [] },
  ...{ sent: [], failed: [], handover: "none", ...change },
});

export const sentFile = (name: string, checked: SentFile["checked"] = "opens"): SentFile => ({
  ...{ key: LAUNCH + name, name, checked },
  end: {
    expiresAt: seconds + 3_600,
    limitedBy: "chosen",
    certain: true,
    clockOffsetSeconds: 0,
  },
});

const offline = fault({ code: "offline", params: { host: "s3.eu-central-1.amazonaws.com" } });

const interview = transferOf(4, { currentName: "Interview B-roll.mov", bytesSent: 120_000_000 });
const photos = transferOf(5, {
  ...{ files: 5_000, filesDone: 120, currentName: "Photos/IMG 0121.jpg" },
  ...{ bytesSent: 240_000_000, bytesTotal: 10_000_000_000, isKept: false },
});
const halted = transferOf(3, {
  ...{ state: "paused", currentName: "Raw footage, second day.zip", bytesSent: 700_000_000 },
});
const stuckNow = transferOf(6, {
  ...{ state: "waiting", currentName: "Press film.mp4", bytesSent: 40_000_000, trouble: offline },
});
const done = transferOf(1, {
  ...{ state: "finished", handover: "copied", bytesSent: 1_200_000_000, leftOut: ["a.pdf", "b"] },
  ...{ sent: [sentFile("Launch film.mp4")], startedAt: seconds - DAY },
  restarted: ["Launch film.mp4"],
});
const partly = transferOf(2, {
  ...{ state: "finished", files: 3, filesDone: 2, handover: "inUse", startedAt: seconds - 7_000 },
  sent: [sentFile("a.pdf"), sentFile("b.pdf")],
  failed: [
    {
      name: "Budget.xlsx",
      error: fault({ code: "fileUnreadable", params: { name: "Budget.xlsx" } }, "EACCES"),
    },
  ],
});

const IN_PLACE: Partial<Scenario> = {
  places: [known("acme-press", "given", LAUNCH), known("acme-video", "listed")],
};

const at = (bucket: string, prefix = ""): Partial<Scenario> => ({
  recalled: { profile: "aws:marketing", place: { bucket, prefix }, memory: "kept" },
});

const unread = { profile: null, place: null };
const atStart: Partial<Scenario> = { recalled: { ...unread, memory: "kept" } };

export const scenarios = {
  everyday: {},
  limited: { credentialsEnd: { kind: "at", at: seconds + 3 * 3600 + 44 * 60 } },
  uncertain: { credentialsEnd: { kind: "unknown" } },
  policy: { policySeconds: DAY },
  ended: { credentialsEnd: { kind: "at", at: seconds - 60 } },
  connect: { recalled: { ...unread, memory: "kept" } },
  nothing: { recalled: { ...unread, memory: "kept" }, profiles: [] },
  locked: { recalled: { ...unread, memory: "locked" }, memory: "locked" },
  lockedInside: { memory: "locked" },
  noProfiles: {
    recalled: { ...unread, memory: "missing" },
    profiles: fault(
      { code: "profilesUnreadable", params: { path: "~/.aws/config" } },
      "line 3: unexpected end of section",
    ),
  },
  refused: {
    connectError: fault(
      { code: "credentialsEnded", params: { profile: "Marketing" } },
      "ExpiredToken (400)",
    ),
  },
  practice: { recalled: { profile: "practice", place: null, memory: "kept" } },
  noPlace: { recalled: { profile: "aws:marketing", place: null, memory: "kept" } },
  denied: at("legal-outbox"),
  gone: at("acme-closed"),
  empty: at("acme-press", "2026/Empty/"),
  many: at("acme-video"),
  million: { ...at("acme-shots"), folders: { "acme-shots/": longFolder(1_000_000) } },
  uploads: { transfers: [done, partly, halted, interview, photos, stuckNow], leftovers: 3 },
  uploading: { transfers: [interview] },
  waiting: { transfers: [stuckNow] },
  paused: { transfers: [halted] },
  failedUploads: { transfers: [done, partly] },
  taken: { taken: { count: 3, names: ["a.jpg", "letter.pdf", "Launch film, final cut.mp4"] } },
  takenOne: { taken: { count: 1, names: ["Embargo letter.pdf"] } },
  leaving: { transfers: [interview, photos] },
  noTray: { transfers: [interview, photos], hasTray: false },
  offline: {
    ...at("acme-press"),
    folders: {
      "acme-press/": fault(
        { code: "offline", params: { host: "s3.eu-central-1.amazonaws.com" } },
        "dns error: no address",
      ),
    },
  },
  given: IN_PLACE,
  ...waysIn(atStart),
  slow: { delayMs: 1_500 },
  stuck: { delayMs: Number.POSITIVE_INFINITY },
  copyDenied: {
    copyError: fault(
      {
        code: "accessDenied",
        params: {
          action: "read",
          by: "notSaid",
          profile: "Marketing",
          bucket: "acme-press",
          key: LAUNCH,
        },
      },
      "AccessDenied (403) on GetObject",
    ),
  },
  untested: { checked: "timedOut" },
  clipboard: { clipboardRefuses: true },
  odd: {
    folders: {
      [`acme-press/${LAUNCH}`]: [
        folder(LAUNCH, "שלום and a folder"),
        file(LAUNCH, "invoice\u202Efdp.exe", 9_000, seconds),
        file(LAUNCH, "line\nbreak\u200Bhidden.txt", 0, seconds),
        file(LAUNCH, "page.html", 4_200, seconds - 400 * DAY),
        file(
          LAUNCH,
          `${"A very long name that never seems to come to its end, ".repeat(5)}v2.final.pdf`,
          999_600,
          seconds,
        ),
      ],
    },
  },
} satisfies Record<string, Partial<Scenario>>;

export type ScenarioName = keyof typeof scenarios;

export function fakeFor(change: Partial<Scenario> = {}): Fake {
  return createFake({ ...everyday(), ...change });
}

declare global {
  interface Window {
    /** The made-up backend, for whoever looks at the window in a browser. */
    fake?: Fake;
  }
}

/** Lets what is under way go on, so that speed and time left can be seen. */
function play(backend: Fake, clock: () => number) {
  backend.scenario.now = clock;
  const amount = 4_000_000;
  setInterval(() => {
    for (const { id, state, bytesSent } of backend.known())
      if (state === "uploading") backend.transfer({ id, bytesSent: bytesSent + amount });
  }, 250);
}

export function worldFromAddress(search: URLSearchParams) {
  const name = (search.get("scenario") ?? "everyday") as ScenarioName;
  const backend = fakeFor(scenarios[name]);
  window.fake = backend;
  const clock = () => NOW + performance.now();
  if (search.has("plays")) play(backend, clock);
  return { backend, clock, locale: search.get("locale") ?? "en-GB" };
}
