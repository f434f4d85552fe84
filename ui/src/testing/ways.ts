// Made-up ways in: an organisation, its accounts, files from IT, limits and findings; and the scenarios about them.
import type { ConnectionOffer, Finding, Limits, Organisation, Policy } from "../ipc/bindings";
import { fault, profileOf, type Scenario, unlimited } from "../ipc/fake";

const SECONDS = Date.UTC(2026, 10, 23, 17, 20) / 1000;
const DAY = 86_400;

export const acme: Organisation = {
  startUrl: "https://acme.awsapps.com/start",
  region: "eu-central-1",
  session: "acme",
};

export const noPolicy: Policy = {
  isSet: false,
  accessKeys: true,
  limits: unlimited,
  needsSignedFiles: false,
  isAudited: false,
};

const strict: Limits = {
  longestSeconds: DAY,
  inline: false,
  uploadLinks: false,
  uploadTo: { bucket: "acme-press", prefix: "2026/Inbox/" },
  places: [{ bucket: "acme-press", prefix: "2026/" }],
};

export const offerOf = (change: Partial<ConnectionOffer> = {}): ConnectionOffer => ({
  id: 4,
  name: "Press office",
  signIn: {
    kind: "organisation",
    organisation: acme,
    account: "123456789012",
    role: "PressOffice",
    endpoint: null,
  },
  places: [{ bucket: "acme-press", prefix: "2026/Autumn launch/" }],
  limits: strict,
  signedBy: "ACME IT",
  ...change,
});

const finding = (step: Finding["step"], change: Partial<Finding> = {}): Finding => ({
  ...{ step, outcome: "fine", fact: null, error: null, statement: null },
  ...change,
});

const STATEMENT = `{
  "Effect": "Allow",
  "Action": "s3:PutObject",
  "Resource": "arn:aws:s3:::acme-press/2026/*"
}`;

const readable: Finding[] = [
  finding("server", { fact: "s3.eu-central-1.amazonaws.com, no proxy" }),
  finding("certificate", { fact: "Amazon RSA 2048 M02" }),
  finding("clock", { fact: "2 s ahead" }),
  finding("identity", { fact: "arn:aws:sts::123456789012:assumed-role/PressOffice/mira" }),
  finding("region", { fact: "eu-central-1" }),
  finding("list"),
  finding("read"),
  finding("link"),
  finding("encryption", { fact: "AES256" }),
];

const denied = fault(
  {
    code: "accessDenied",
    params: {
      action: "write",
      by: "identity",
      profile: "Marketing",
      bucket: "acme-press",
      key: null,
    },
  },
  "AccessDenied (403) on PutObject",
);

const unwritable: Finding[] = [
  finding("write", { outcome: "refused", error: denied, statement: STATEMENT }),
  finding("copy", { outcome: "skipped" }),
  finding("delete", { outcome: "skipped" }),
];

const offline = fault(
  { code: "offline", params: { host: "s3.eu-central-1.amazonaws.com" } },
  "connect timeout after 10 s, proxy proxy.acme.test:3128",
);

const rest = ["certificate", "clock", "identity", "region", "list", "read", "link", "encryption"];

/** What everyday life has of all this. */
export function apart() {
  return {
    until: null,
    limits: unlimited,
    usualSeconds: null,
    policy: noPolicy,
    codes: {},
    signInError: null,
    hasBrowser: true,
    accounts: [
      { id: "123456789012", name: "ACME Press" },
      { id: "210987654321", name: "ACME Video" },
    ],
    roles: { "123456789012": ["PressOffice", "ReadOnly"], "210987654321": ["ReadOnly"] },
    keepError: null,
    addError: null,
    pasted: {
      accessKeyId: "AKIA…WXYZ",
      hasSecret: true,
      hasToken: false,
      region: null,
      endpoint: null,
    },
    offer: offerOf(),
    signOutError: null,
    forgotten: { keyringItems: 2, transfers: 1, signedOut: false },
    findings: [...readable, ...unwritable],
    examineError: null,
  } satisfies Partial<Scenario>;
}

const press = profileOf("Press office", {
  ...{ organisation: acme, role: "PressOffice", account: "123456789012" },
  ...{ isDefault: true, region: "eu-central-1" },
});

const all = [
  { ...press, standing: { kind: "until" as const, at: SECONDS + 3 * 3600 + 44 * 60 } },
  profileOf("Legal", {
    ...{ organisation: acme, role: "ReadOnly", account: "210987654321" },
    standing: { kind: "signedOut" },
  }),
  profileOf("Agency share", {
    ...{ id: "own:1", kind: "accessKey", isOwn: true, standing: { kind: "ready" } },
    endpoint: "https://3f9a.r2.cloudflarestorage.com",
  }),
  profileOf("Finance", { kind: "role", role: "Auditor", standing: { kind: "needsCode" } }),
  profileOf("Fair", {
    ...{ id: "own:2", kind: "accessKey", isOwn: true, isForSession: true },
    standing: { kind: "untried" },
  }),
  profileOf("Old archive", { kind: "unknown", standing: { kind: "broken" } }),
];

const inside = {
  profile: press.id,
  place: { bucket: "acme-press", prefix: "2026/Autumn launch/" },
};
const recalled = { ...inside, memory: "kept" as const };
const signedUntil = (at: number) => ({ kind: "at" as const, at });

export function waysIn(atStart: Partial<Scenario>) {
  return {
    ways: { ...atStart, profiles: all, codes: { "aws:finance": "123456" } },
    waysInside: { profiles: all, recalled, codes: { "aws:finance": "123456" } },
    noBrowser: { ...atStart, profiles: all, hasBrowser: false },
    oneAccount: {
      ...atStart,
      accounts: [{ id: "123456789012", name: "ACME Press" }],
      roles: { "123456789012": ["PressOffice"] },
    },
    noKeys: {
      ...atStart,
      policy: { ...noPolicy, isSet: true, accessKeys: false, isAudited: true },
    },
    signedFilesOnly: { ...atStart, policy: { ...noPolicy, isSet: true, needsSignedFiles: true } },
    brokenPolicy: {
      ...atStart,
      policy: fault(
        { code: "policyBroken", params: { path: "/etc/guestpass/policy.toml", line: 7 } },
        "expected a duration such as 3d, found 3 days",
      ),
    },
    keyringLocked: { ...atStart, keepError: fault({ code: "keyringLocked" }) },
    keyRefused: {
      ...atStart,
      addError: fault(
        { code: "credentialsRefused", params: { profile: "Cloudflare R2" } },
        "SignatureDoesNotMatch (403)",
      ),
    },
    keyInsecure: {
      ...atStart,
      addError: fault({
        code: "endpointInsecure",
        params: { profile: "MinIO", host: "minio.acme.test" },
      }),
    },
    offerKey: {
      ...atStart,
      offer: offerOf({
        signIn: {
          kind: "key",
          endpoint: "https://s3.acme.test",
          region: "garage",
          addressing: "path",
        },
        limits: unlimited,
        signedBy: null,
      }),
    },
    offerProfile: {
      ...atStart,
      offer: offerOf({
        signIn: { kind: "profile", profile: "press" },
        places: [],
        limits: unlimited,
      }),
    },
    offerRefused: {
      ...atStart,
      offer: fault(
        { code: "connectionFileInvalid", params: { name: "press.guestpass", line: 12 } },
        "unknown field `buckets`",
      ),
    },
    endingSoon: { profiles: all, recalled, credentialsEnd: signedUntil(SECONDS + 4 * 60) },
    endedInside: { profiles: all, recalled, credentialsEnd: signedUntil(SECONDS - 60) },
    restricted: { limits: strict, usualSeconds: DAY, policySeconds: DAY },
    restrictedShort: { limits: { ...strict, longestSeconds: 1_800 }, usualSeconds: 1_800 },
    unreachable: {
      findings: [
        finding("server", { outcome: "failed", error: offline }),
        ...rest.map((step) => finding(step as Finding["step"], { outcome: "skipped" })),
      ],
    },
  } satisfies Record<string, Partial<Scenario>>;
}
