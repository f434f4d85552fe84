import { build } from "vite";
import { beforeAll, expect, test } from "vitest";

let page: string;

beforeAll(async () => {
  const built = await build({
    configFile: "vite.recipient.config.ts",
    build: { write: false },
    logLevel: "error",
  });
  if (!("output" in built)) throw new Error("the page was not built");
  expect(built.output.map(({ fileName }) => fileName)).toEqual(["request.html"]);
  const [only] = built.output as unknown as { source: string }[];
  page = String(only?.source);
});

const policy = () => /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1] ?? "";

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

test("the place of the facts is kept once, before the script that reads them", () => {
  expect(page.split("<!--facts-->")).toHaveLength(2);
  expect(page.indexOf("<!--facts-->")).toBeLessThan(page.indexOf("<script"));
});

test("the policy lets in this script and this style, and nothing else", async () => {
  const script = /<script type="module">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? "";
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? "";
  expect(policy()).toContain("default-src 'none';");
  expect(policy()).toContain(`script-src ${await hash(script)};`);
  expect(policy()).toContain(`style-src ${await hash(style)};`);
  expect(policy()).not.toContain("unsafe");
  expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<style>"));
});

test("it stands alone and is small", () => {
  expect(page).not.toMatch(/https?:|\b(src|href)=|@import|url\(/);
  expect(new Blob([page]).size).toBeLessThan(40_000);
});
