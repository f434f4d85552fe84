// Where a provider's storage is found: from the few things that a person knows of it to the server's address, its
// region and how its buckets are addressed. A table, and nothing else; what each provider calls its things, and the
// trap of each, are words in the catalogue.
import type { NewKey } from "../../ipc/bindings";

/** What a person is asked for. */
export type Asked = "account" | "address" | "region";
export type Typed = Record<Asked, string>;

/** Where it is; null where AWS itself is meant, or where nobody has to say. */
export type Where = Pick<NewKey, "endpoint" | "region" | "addressing">;

interface Preset {
  /** Without these there is no address. */
  asks: readonly Asked[];
  /** These may stay empty. */
  mayAsk?: readonly Asked[];
  where: (typed: Typed) => Where;
}

const none = (text: string) => (text === "" ? null : text);

/** The host alone, from whatever was pasted: "https://x.example/bucket" and "x.example" mean the same. */
export function hostOf(address: string): string {
  return address
    .trim()
    .replace(/^[a-z]+:\/\//i, "")
    .replace(/[/?#].*$/, "")
    .toLowerCase();
}

/** The address as it was meant; encryption unless somebody wrote otherwise. */
function serverOf(address: string): string {
  const scheme = /^http:\/\//i.test(address.trim()) ? "http" : "https";
  return `${scheme}://${hostOf(address)}`;
}

/** The region in an address of this form, or what was typed when it is no address. */
const regionIn = (typed: string, form: RegExp) => form.exec(hostOf(typed))?.[1] ?? hostOf(typed);

const own = (regionIfNone: string | null): Preset => ({
  asks: ["address"],
  mayAsk: ["region"],
  where: ({ address, region }) => ({
    endpoint: serverOf(address),
    region: none(region.trim()) ?? regionIfNone,
    addressing: "path",
  }),
});

const byRegion = (form: RegExp, host: (region: string) => string): Preset => ({
  asks: ["region"],
  where: (typed) => {
    const region = regionIn(typed.region, form);
    return { endpoint: `https://${host(region)}`, region, addressing: "auto" };
  },
});

const R2 = /([0-9a-f]{32})(\.(?:eu|fedramp))?\.r2\.cloudflarestorage\.com$/;

export const PRESETS = {
  aws: {
    asks: [],
    mayAsk: ["region"],
    where: ({ region }) => ({ endpoint: null, region: none(region.trim()), addressing: "auto" }),
  },
  r2: {
    asks: ["account"],
    where: ({ account }) => {
      const [, id = hostOf(account), part = ""] = R2.exec(hostOf(account)) ?? [];
      const endpoint = `https://${id}${part}.r2.cloudflarestorage.com`;
      return { endpoint, region: "auto", addressing: "auto" };
    },
  },
  b2: {
    asks: ["address"],
    where: ({ address }) => {
      const region = regionIn(address, /^(?:.+\.)?s3\.([a-z0-9-]+)\.backblazeb2\.com$/);
      const endpoint = `https://s3.${region}.backblazeb2.com`;
      return { endpoint, region, addressing: "auto" };
    },
  },
  wasabi: byRegion(/^(?:.+\.)?s3\.([a-z0-9-]+)\.wasabisys\.com$/, (at) => `s3.${at}.wasabisys.com`),
  spaces: byRegion(
    /^(?:.+\.)?([a-z]{3}\d)\.(?:cdn\.)?digitaloceanspaces\.com$/,
    (at) => `${at}.digitaloceanspaces.com`,
  ),
  minio: own("us-east-1"),
  garage: own("garage"),
  ceph: own("us-east-1"),
  gcs: {
    asks: [],
    where: () => ({
      endpoint: "https://storage.googleapis.com",
      region: "auto",
      addressing: "path",
    }),
  },
  scaleway: byRegion(/^(?:.+\.)?s3\.([a-z-]+)\.scw\.cloud$/, (at) => `s3.${at}.scw.cloud`),
  ovh: byRegion(
    /^(?:.+\.)?s3\.([a-z0-9-]+)\.io\.cloud\.ovh\.net$/,
    (at) => `s3.${at}.io.cloud.ovh.net`,
  ),
  hetzner: byRegion(
    /^(?:.+\.)?([a-z]{3}\d)\.your-objectstorage\.com$/,
    (at) => `${at}.your-objectstorage.com`,
  ),
  other: own(null),
} satisfies Record<string, Preset>;

export type Provider = keyof typeof PRESETS;
export const providers = Object.keys(PRESETS) as Provider[];

const presetOf = (provider: Provider): Preset => PRESETS[provider];

export function fieldsOf(provider: Provider): readonly Asked[] {
  const { asks, mayAsk = [] } = presetOf(provider);
  return [...asks, ...mayAsk];
}

/** What is asked for and was not typed. */
export const missingIn = (provider: Provider, typed: Typed): readonly Asked[] =>
  presetOf(provider).asks.filter((asked) => hostOf(typed[asked]) === "");

export const whereOf = (provider: Provider, typed: Typed): Where => presetOf(provider).where(typed);

const HOSTS: readonly [RegExp, Provider][] = [
  [/(^|\.)amazonaws\.com(\.cn)?$/, "aws"],
  [/\.r2\.cloudflarestorage\.com$/, "r2"],
  [/\.backblazeb2\.com$/, "b2"],
  [/\.wasabisys\.com$/, "wasabi"],
  [/\.digitaloceanspaces\.com$/, "spaces"],
  [/(^|\.)storage\.googleapis\.com$/, "gcs"],
  [/\.scw\.cloud$/, "scaleway"],
  [/\.io\.cloud\.ovh\.net$/, "ovh"],
  [/\.your-objectstorage\.com$/, "hetzner"],
];

/** Whose server an address is, where the address tells. */
export function providerAt(address: string): Provider | null {
  const host = hostOf(address);
  return HOSTS.find(([form]) => form.test(host))?.[1] ?? null;
}
