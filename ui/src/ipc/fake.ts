// A backend in memory: for tests, and for looking at the window in a browser. It keeps the rules that the window can
// see (the end of a link is the least of its limits) and knows no storage. Open folders are in `fakeFolders.ts`. Never part of the shipped bundle.
import type { Backend, ProfileId } from "./backend";
import type {
  Account,
  AppError,
  ConnectionFileEvent,
  ConnectionOffer,
  CredentialsEnd,
  Drop,
  DropEvent,
  ErrorKind,
  Expiry,
  Finding,
  Forgotten,
  Invitation,
  KnownPlace,
  Limits,
  Link,
  LinkEnd,
  LinkRequest,
  Links,
  LinksRequest,
  Look,
  Memory,
  Organisation,
  PastedKey,
  Place,
  Policy,
  Profile,
  Recalled,
  SendRequest,
  Taken,
  TextBeginning,
  Transfer,
  TransferEvent,
} from "./bindings";
import { type FakeFolders, type FolderWorld, fakeFolders } from "./fakeFolders";
import { fakePreviews } from "./fakePreviews";
import { type FakeTasks, fakeTasks, type TaskWorld } from "./fakeTasks";

const WEEK = 7 * 86_400;

export interface Scenario extends FolderWorld, TaskWorld {
  /** Milliseconds. */
  now: () => number;
  profiles: Profile[] | AppError;
  /** What there is where those cannot be read. */
  own: Profile[];
  recalled: Recalled;
  connectError: AppError | null;
  credentialsEnd: CredentialsEnd;
  /** Where it is not the same as `credentialsEnd`. */
  until: CredentialsEnd | null;
  memory: Memory;
  limits: Limits;
  usualSeconds: number | null;
  policy: Policy | AppError;
  /** The codes that profiles ask for. */
  codes: Record<ProfileId, string>;
  /** What signing in through an organisation is refused with. */
  signInError: AppError | null;
  /** Whether a browser can be opened. */
  hasBrowser: boolean;
  accounts: Account[] | AppError;
  roles: Record<Account["id"], string[]>;
  /** What keeping a new way in is refused with. */
  keepError: AppError | null;
  /** What a new way in is refused with, kept or not. */
  addError: AppError | null;
  pasted: PastedKey | null;
  /** What the dialog for connection files finds. */
  offer: ConnectionOffer | AppError | null;
  signOutError: AppError | null;
  forgotten: Forgotten | AppError;
  findings: Finding[];
  examineError: AppError | null;
  places: KnownPlace[];
  mayList: boolean;
  /** "policy" as a limit in seconds. */
  policySeconds: number | null;
  /** What is seen of files, by key; of the others as much as their names tell. */
  looks: Record<string, Partial<Look> | AppError>;
  /** What texts begin with. */
  text: TextBeginning | AppError;
  /** Why what fails to load fails; null where it is not understood. */
  trouble: AppError | null;
  copyError: AppError | null;
  /** What single files of many are refused with, by key. */
  linkErrors: Record<string, AppError>;
  /** The version of every file, where the place keeps versions. */
  versionId: string | null;
  /** Active content stays a download, whatever was asked. */
  downloads: boolean;
  clockOffsetSeconds: number;
  privateClipboard: boolean;
  checked: Link["checked"];
  clipboardRefuses: boolean;
  sendError: AppError | null;
  fileDialog: Drop | null;
  folderDialog: Drop | null;
  /** What "paste" finds. */
  clipboard: Drop | AppError | null;
  taken: Taken | AppError;
  folderError: AppError | null;
  leftoversError: AppError | null;
  /** What every change of a transfer is refused with. */
  transferError: AppError | null;
  leftovers: number;
  /** Whether the system shows icons of apps. */
  hasTray: boolean;
  /** What the last session left behind. */
  transfers: Transfer[];
  /** Answers come after so many milliseconds; Infinity never. */
  delayMs: number;
}

export interface Fake extends Backend, FakeFolders, Pick<FakeTasks, "task"> {
  scenario: Scenario;
  /** Every call, in order: what the window asked for. */
  calls: [keyof Backend, ...unknown[]][];
  copied: string[];
  drop(event: DropEvent): void;
  transfer(change: Partial<Transfer> & { id: number }): void;
  known(): Transfer[];
  /** The person closes the window. */
  close(): void;
  /** The hidden window is shown again. */
  comeBack(): void;
  /** The person has signed in, at the browser. */
  arrive(): void;
  /** A connection file is opened outside of the window. */
  openFile(event: ConnectionFileEvent): void;
}

export const fault = (kind: ErrorKind, detail: string | null = null): AppError => ({
  ...kind,
  detail,
  reference: detail === null ? null : "4442587FB7D0A2F9",
});

export function createFake(scenario: Scenario): Fake {
  const calls: Fake["calls"] = [];
  const copied: string[] = [];
  const transfers = new Map(scenario.transfers.map((one) => [one.id, one]));
  let tellTransfer: (event: TransferEvent) => void = () => undefined;
  let tellDrop: (event: DropEvent) => void = () => undefined;
  let tellLeaving: () => void = () => undefined;
  let tellFile: (event: ConnectionFileEvent) => void = () => undefined;
  let signing: { arrive: () => void; stop: () => void } | null = null;
  const signedIn = new Set<string>();
  let isHidden = false;

  const answer = async <Answer>(
    call: [keyof Backend, ...unknown[]],
    make: () => Answer | AppError,
  ): Promise<Answer> => {
    calls.push(call);
    if (scenario.delayMs === Number.POSITIVE_INFINITY) await new Promise(() => undefined);
    if (scenario.delayMs > 0) await new Promise((done) => setTimeout(done, scenario.delayMs));
    const made = make();
    if (isFault(made)) throw made;
    return made as Answer;
  };

  const turn = (id: number, state: Transfer["state"]) => {
    if (scenario.transferError) return scenario.transferError;
    fake.transfer({ id, state, trouble: null });
    return undefined;
  };

  const folders = fakeFolders(scenario, answer);
  const fake: Fake = {
    ...folders,
    ...fakePreviews(scenario, answer),
    ...fakeTasks(scenario, answer),
    scenario,
    calls,
    copied,
    drop: (event) => tellDrop(event),
    known: () => [...transfers.values()],
    close: () => tellLeaving(),
    comeBack: () => {
      isHidden = false;
    },
    transfer(change) {
      const known = transfers.get(change.id);
      if (!known) return;
      const transfer = { ...known, ...change };
      transfers.set(change.id, transfer);
      if (transfer.sent.length > 0) folders.showChanges();
      tellTransfer({ kind: "changed", transfer });
    },
    arrive: () => signing?.arrive(),
    openFile: (event) => tellFile(event),
    profiles: () =>
      answer(["profiles"], () =>
        isFault(scenario.profiles)
          ? { profiles: scenario.own, error: scenario.profiles }
          : { profiles: scenario.profiles, error: null },
      ),
    recall: () => answer(["recall"], () => scenario.recalled),
    connect: (id, insistsOnHttp, code) =>
      answer(["connect", id, insistsOnHttp, code], () => {
        const refusal = scenario.connectError;
        if (refusal && !(insistsOnHttp && refusal.code === "endpointInsecure")) return refusal;
        const profile = id === "practice" ? practice : known(scenario).find((one) => one.id === id);
        if (!profile) return fault({ code: "profileMissing", params: { profile: id } });
        const params = { profile: profile.name };
        const { organisation, standing } = profile;
        if (standing.kind === "signedOut" && !signedIn.has(organisation?.startUrl ?? ""))
          return fault({ code: "credentialsEnded", params });
        const wanted = scenario.codes[id];
        if (wanted !== undefined && code !== wanted)
          return fault({ code: code === null ? "codeNeeded" : "codeRefused", params });
        const limits = id === "practice" ? unlimited : scenario.limits;
        const { usualSeconds, memory } = scenario;
        return { profile, ...endsOf(scenario, id), memory, limits, usualSeconds };
      }),
    signedIn: (profile) => answer(["signedIn", profile], () => endsOf(scenario, profile)),
    signIn: (organisation, how, onInvite) =>
      answer(["signIn", organisation, how], () => {
        if (scenario.signInError) return scenario.signInError;
        onInvite(invitationOf(organisation, how, scenario));
        return undefined;
      }).then(
        () =>
          new Promise<void>((resolve, reject) => {
            signing = {
              arrive: () => {
                signedIn.add(organisation.startUrl);
                resolve();
              },
              stop: () => reject(fault({ code: "cancelled" })),
            };
          }),
      ),
    stopSignIn: () =>
      answer(["stopSignIn"], () => {
        signing?.stop();
        signing = null;
        return undefined;
      }),
    accounts: (organisation) => answer(["accounts", organisation], () => scenario.accounts),
    roles: (organisation, account) =>
      answer(["roles", organisation, account], () => scenario.roles[account] ?? []),
    addRole: (role, sessionOnly) =>
      answer(["addRole", role, sessionOnly], () =>
        added(scenario, sessionOnly, {
          ...{ name: role.name, kind: "sso", role: role.role, account: role.account },
          organisation: role.organisation,
        }),
      ),
    signOut: (profile) => answer(["signOut", profile], () => scenario.signOutError ?? undefined),
    pasteKey: () => answer(["pasteKey"], () => scenario.pasted),
    forgetPastedKey: () => answer(["forgetPastedKey"], () => undefined),
    addKey: (key, sessionOnly) =>
      answer(["addKey", key, sessionOnly], () => {
        if (scenario.addError?.code === "endpointInsecure" && key.insistsOnHttp)
          scenario.addError = null;
        return added(scenario, sessionOnly, {
          ...{ name: key.name, kind: "accessKey", endpoint: key.endpoint, region: key.region },
        });
      }),
    chooseConnectionFile: () => answer(["chooseConnectionFile"], () => scenario.offer),
    acceptConnection: (offer, account, role, sessionOnly) =>
      answer(["acceptConnection", offer, account, role, sessionOnly], () =>
        added(scenario, sessionOnly, { name: "From IT", kind: "sso", account, role }),
      ),
    forgetConnection: (profile) =>
      answer(["forgetConnection", profile], () => {
        if (isFault(scenario.forgotten)) return scenario.forgotten;
        scenario.profiles = known(scenario).filter(({ id }) => id !== profile);
        return scenario.forgotten;
      }),
    policy: () => answer(["policy"], () => scenario.policy),
    examine: async (profile, place, writes, onFinding) => {
      await answer(["examine", profile, place, writes], () => undefined);
      const isWriting = ({ step }: Finding) => ["write", "copy", "delete"].includes(step);
      for (const finding of scenario.findings) {
        if (scenario.delayMs > 0) await new Promise((done) => setTimeout(done, scenario.delayMs));
        if (writes || !isWriting(finding)) onFinding(finding);
      }
      if (scenario.examineError) throw scenario.examineError;
    },
    places: (profile) =>
      answer(["places", profile], () => ({ places: scenario.places, mayList: scenario.mayList })),
    addPlace: (profile, address) =>
      answer(["addPlace", profile, address], () => {
        const bucket = address.replace(/^s3:\/\//, "").split("/")[0] ?? "";
        if (!/^[a-z0-9.-]{3,63}$/.test(bucket))
          return fault({ code: "addressInvalid", params: { address } });
        const contents = scenario.folders[`${bucket}/`];
        if (contents === undefined) return fault({ code: "bucketMissing", params: { bucket } });
        const place = { bucket, prefix: "" };
        scenario.places = [...scenario.places, { place, origin: "added" }];
        return place;
      }),
    pinPlace: (profile, place) =>
      answer(["pinPlace", profile, place], () => {
        scenario.places = [...scenario.places, { place, origin: "added" }];
        return scenario.memory;
      }),
    removePlace: (profile, place) =>
      answer(["removePlace", profile, place], () => {
        const isThis = (one: Place) => one.bucket === place.bucket && one.prefix === place.prefix;
        scenario.places = scenario.places.filter((known) => !isThis(known.place));
        return scenario.memory;
      }),
    rememberPlace: (profile, place) =>
      answer(["rememberPlace", profile, place], () => scenario.memory),
    linkEnd: (profile, expiry) =>
      answer(["linkEnd", profile, expiry], () => endOf(scenario, profile, expiry)),
    copyLink: (request) => answer(["copyLink", request], () => linkOf(scenario, copied, request)),
    copyLinkToCopy: (request) =>
      answer(["copyLinkToCopy", request], () => {
        const key = request.key.replaceAll("../", "__/");
        return linkOf({ ...scenario, copyError: null }, copied, { ...request, key });
      }),
    copyLinks: ({ keys, ...request }, onDone) =>
      answer(["copyLinks", { keys, ...request }], () =>
        linksOf(scenario, copied, request, keys, onDone),
      ),
    stopLinks: () => answer(["stopLinks"], () => undefined),
    bringBack: (request) => answer(["bringBack", request], () => undefined),
    copyUploadLink: (request) =>
      answer(["copyUploadLink", request], () => {
        if (scenario.copyError) return scenario.copyError;
        const end = endOf(scenario, request.profile, request.expiry);
        if (isFault(end)) return end;
        const prefix = `${request.place.prefix}${request.title} k3f9x2ab/`;
        const folder = { bucket: request.place.bucket, prefix };
        const url = `https://${folder.bucket}.s3.example/page?X-Amz-Signature=0123`;
        if (!scenario.clipboardRefuses) copied.push(url);
        return { url, folder, end, copied: !scenario.clipboardRefuses };
      }),
    settings: () => answer(["settings"], () => ({ privateClipboard: scenario.privateClipboard })),
    setPrivateClipboard: (privateClipboard) =>
      answer(["setPrivateClipboard", privateClipboard], () => {
        scenario.privateClipboard = privateClipboard;
        return scenario.memory;
      }),
    chooseFiles: () => answer(["chooseFiles"], () => scenario.fileDialog),
    send: (request) =>
      answer(["send", request], () => {
        if (scenario.sendError) return scenario.sendError;
        const id = Math.max(0, ...transfers.keys()) + 1;
        const transfer = newTransfer(id, request, scenario.now());
        transfers.set(id, transfer);
        tellTransfer({ kind: "changed", transfer });
        return id;
      }),
    cancelTransfer: (id) => answer(["cancelTransfer", id], () => turn(id, "cancelled")),
    pauseTransfer: (id) => answer(["pauseTransfer", id], () => turn(id, "paused")),
    resumeTransfer: (id) => answer(["resumeTransfer", id], () => turn(id, "uploading")),
    forgetTransfer: (id) =>
      answer(["forgetTransfer", id], () => {
        if (scenario.transferError) return scenario.transferError;
        transfers.delete(id);
        tellTransfer({ kind: "snapshot", transfers: [...transfers.values()] });
        return undefined;
      }),
    chooseFolder: () => answer(["chooseFolder"], () => scenario.folderDialog),
    paste: (pictureName) => answer(["paste", pictureName], () => scenario.clipboard),
    taken: (profile, place, drop) => answer(["taken", profile, place, drop], () => scenario.taken),
    makeFolders: (profile, place, names) =>
      answer(["makeFolders", profile, place, names], () => scenario.folderError ?? undefined),
    leftovers: () => answer(["leftovers"], () => scenario.leftovers),
    removeLeftovers: () =>
      answer(["removeLeftovers"], () => {
        if (scenario.leftoversError) return scenario.leftoversError;
        scenario.leftovers = 0;
        return undefined;
      }),
    notify: (title, body) => answer(["notify", title, body], () => undefined),
    leave: (how) =>
      answer(["leave", how], () => {
        isHidden = how === "background";
        return undefined;
      }),
    hasTray: () => answer(["hasTray"], () => scenario.hasTray),
    tellTray: (words) => answer(["tellTray", words], () => scenario.hasTray && isHidden),
    copyText: (text) =>
      answer(["copyText", text], () => {
        if (scenario.clipboardRefuses) return fault({ code: "clipboardUnavailable" });
        copied.push(text);
        return undefined;
      }),
    async watchTransfers(onEvent) {
      tellTransfer = onEvent;
      onEvent({ kind: "snapshot", transfers: [...transfers.values()] });
    },
    async watchDrops(onEvent) {
      tellDrop = onEvent;
    },
    async watchConnectionFiles(onEvent) {
      tellFile = onEvent;
    },
    async watchLeaving(onLeaving) {
      tellLeaving = onLeaving;
    },
  };
  return fake;
}

export const profileOf = (name: string, change: Partial<Profile> = {}): Profile => ({
  ...{ id: `aws:${name.toLowerCase()}`, name, kind: "sso", region: null, endpoint: null },
  ...{ role: null, account: null, organisation: null, standing: { kind: "untried" } },
  ...{ isDefault: false, isOwn: false, isForSession: false },
  ...change,
});

export const practice = profileOf("Practice", {
  ...{ id: "practice", kind: "practice", standing: { kind: "ready" } },
});

export const unlimited: Limits = {
  longestSeconds: null,
  inline: true,
  uploadLinks: true,
  uploadTo: null,
  places: null,
};

const known = ({ profiles }: Scenario) => (Array.isArray(profiles) ? profiles : []);

function added(scenario: Scenario, sessionOnly: boolean, change: Partial<Profile>) {
  const refusal = scenario.addError ?? (sessionOnly ? null : scenario.keepError);
  if (refusal) return refusal;
  const name = change.name ?? "";
  const id = `own:${known(scenario).length + 1}`;
  const standing = { kind: "ready" } as const;
  const made = profileOf(name, { id, standing, isOwn: true, isForSession: sessionOnly, ...change });
  scenario.profiles = [...known(scenario), made];
  return made;
}

function invitationOf(
  { startUrl }: Organisation,
  how: "browser" | "device",
  scenario: Scenario,
): Invitation {
  const code = how === "device" ? "BCDF-GHJK" : null;
  const endsAt = Math.floor(scenario.now() / 1000) + 600;
  return {
    url: `${startUrl}#/device`,
    code,
    endsAt,
    opened: how === "browser" && scenario.hasBrowser,
  };
}

function endsOf({ until, credentialsEnd }: Scenario, profile: ProfileId) {
  const never = { kind: "never" } as const;
  if (profile === "practice") return { until: never, credentialsEnd: never };
  return { until: until ?? credentialsEnd, credentialsEnd };
}

const isFault = (made: unknown): made is AppError =>
  typeof made === "object" && made !== null && "code" in made;

function linkOf(scenario: Scenario, copied: string[], request: LinkRequest): Link | AppError {
  const { bucket, key, options } = request;
  const error = scenario.linkErrors[key] ?? scenario.copyError;
  if (error && !(options.pays && error.code === "requesterPays")) return error;
  const end = endOf(scenario, request.profile, options.expiry);
  if (isFault(end)) return end;
  const url = `https://${bucket}.s3.example/${encodeURIComponent(key)}?X-Amz-Signature=0123`;
  if (!scenario.clipboardRefuses) copied.push(url);
  return {
    ...{ bucket, key, url, end, checked: scenario.checked, copied: !scenario.clipboardRefuses },
    versionId: options.pinned ? scenario.versionId : null,
    name: key.split("/").at(-1) ?? key,
    disposition: scenario.downloads ? "attachment" : options.disposition,
  };
}

function linksOf(
  scenario: Scenario,
  copied: string[],
  request: Omit<LinksRequest, "keys">,
  keys: readonly string[],
  onDone: (done: number) => void,
): Links {
  const links: Links = { made: [], failed: [], copied: !scenario.clipboardRefuses };
  keys.forEach((key, at) => {
    const link = linkOf(scenario, copied, { ...request, key });
    const name = key.split("/").at(-1) ?? key;
    if (isFault(link)) links.failed.push({ key, name, error: link });
    else links.made.push({ key, name, end: link.end, checked: link.checked });
    onDone(at + 1);
  });
  return links;
}

function newTransfer(id: number, request: SendRequest, now: number): Transfer {
  return {
    ...{ id, profile: request.profile, place: request.place, state: "uploading" as const },
    ...{ files: 1, filesDone: 0, currentName: null, bytesSent: 0, bytesTotal: 0 },
    ...{ startedAt: Math.floor(now / 1000), sent: [], failed: [], handover: "none" as const },
    ...{ expiry: request.expiry, disposition: request.disposition, isKept: true, trouble: null },
    ...{ restarted: [], leftOut: [] },
  };
}

function endOf(scenario: Scenario, profile: string, expiry: Expiry): LinkEnd | AppError {
  const now = Math.floor(scenario.now() / 1000);
  const chosen = expiry.kind === "for" ? now + expiry.seconds : expiry.at;
  if (chosen <= now) return fault({ code: "expiryPast" });
  const { credentialsEnd, policySeconds } = scenario;
  const isPractice = profile === "practice";
  const limits: [LinkEnd["limitedBy"], number][] = [
    ["chosen", chosen],
    ["maximum", now + WEEK],
  ];
  if (policySeconds !== null) limits.push(["policy", now + policySeconds]);
  if (!isPractice && credentialsEnd.kind === "at") limits.push(["credentials", credentialsEnd.at]);
  const [limitedBy, expiresAt] = limits.reduce((least, one) => (one[1] < least[1] ? one : least));
  const certain = isPractice || credentialsEnd.kind !== "unknown";
  return { expiresAt, limitedBy, certain, clockOffsetSeconds: scenario.clockOffsetSeconds };
}
