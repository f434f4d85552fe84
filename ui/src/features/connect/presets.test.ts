import { expect, test } from "vitest";
import {
  fieldsOf,
  missingIn,
  type Provider,
  providerAt,
  providers,
  type Typed,
  whereOf,
} from "./presets";

const typed = (change: Partial<Typed>): Typed => ({
  ...{ account: "", address: "", region: "" },
  ...change,
});
const ACCOUNT = "0123456789abcdef0123456789abcdef";

const rows: [Provider, Partial<Typed>, string | null, string | null, string][] = [
  ["aws", {}, null, null, "auto"],
  ["aws", { region: " eu-central-1 " }, null, "eu-central-1", "auto"],
  ["r2", { account: ACCOUNT }, `https://${ACCOUNT}.r2.cloudflarestorage.com`, "auto", "auto"],
  [
    "r2",
    { account: `https://${ACCOUNT}.eu.r2.cloudflarestorage.com/press` },
    `https://${ACCOUNT}.eu.r2.cloudflarestorage.com`,
    "auto",
    "auto",
  ],
  [
    "b2",
    { address: "s3.eu-central-003.backblazeb2.com" },
    "https://s3.eu-central-003.backblazeb2.com",
    "eu-central-003",
    "auto",
  ],
  [
    "wasabi",
    { region: "eu-central-2" },
    "https://s3.eu-central-2.wasabisys.com",
    "eu-central-2",
    "auto",
  ],
  [
    "spaces",
    { region: "https://press.fra1.digitaloceanspaces.com" },
    "https://fra1.digitaloceanspaces.com",
    "fra1",
    "auto",
  ],
  [
    "spaces",
    { region: "press.fra1.cdn.digitaloceanspaces.com" },
    "https://fra1.digitaloceanspaces.com",
    "fra1",
    "auto",
  ],
  [
    "minio",
    { address: "minio.acme.test:9000/" },
    "https://minio.acme.test:9000",
    "us-east-1",
    "path",
  ],
  ["minio", { address: "http://10.0.0.4:9000" }, "http://10.0.0.4:9000", "us-east-1", "path"],
  ["garage", { address: "s3.acme.test" }, "https://s3.acme.test", "garage", "path"],
  ["garage", { address: "s3.acme.test", region: "home" }, "https://s3.acme.test", "home", "path"],
  ["ceph", { address: "https://rgw.acme.test" }, "https://rgw.acme.test", "us-east-1", "path"],
  ["gcs", {}, "https://storage.googleapis.com", "auto", "path"],
  ["scaleway", { region: "fr-par" }, "https://s3.fr-par.scw.cloud", "fr-par", "auto"],
  ["ovh", { region: "gra" }, "https://s3.gra.io.cloud.ovh.net", "gra", "auto"],
  ["hetzner", { region: "FSN1" }, "https://fsn1.your-objectstorage.com", "fsn1", "auto"],
  ["other", { address: "s3.acme.test" }, "https://s3.acme.test", null, "path"],
];

test.each(rows)("%s with %o is found", (provider, fields, endpoint, region, addressing) => {
  expect(whereOf(provider, typed(fields))).toEqual({ endpoint, region, addressing });
  expect(missingIn(provider, typed(fields))).toEqual([]);
});

test("what is not typed is named, and nothing else", () => {
  const nothing = typed({ address: "  https:// " });
  const missing = Object.fromEntries(providers.map((one) => [one, missingIn(one, nothing)]));
  expect(missing).toMatchObject({ aws: [], r2: ["account"], b2: ["address"], wasabi: ["region"] });
  for (const provider of providers)
    for (const asked of missing[provider] ?? []) expect(fieldsOf(provider)).toContain(asked);
});

test("an address tells its provider, where it can", () => {
  const hosted = rows.filter(([, , endpoint, , addressing]) => endpoint && addressing === "auto");
  for (const [provider, , endpoint] of hosted) expect(providerAt(endpoint ?? "")).toBe(provider);
  expect(providerAt("https://s3.eu-central-1.amazonaws.com")).toBe("aws");
  expect(providerAt("https://backblazeb2.com.evil.test")).toBeNull();
  expect(providerAt("minio.acme.test")).toBeNull();
});
