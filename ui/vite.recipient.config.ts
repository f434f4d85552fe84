import { defineConfig, type Plugin } from "vite";

// The page for outsiders is one file: it stands alone in a bucket, and its policy lets nothing in but itself.
export default defineConfig({
  root: "recipient",
  plugins: [oneFile()],
  clearScreen: false,
  build: {
    target: "safari15",
    outDir: "../dist-recipient",
    emptyOutDir: true,
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: "recipient/request.html" },
  },
});

/** Puts script and style into the page, and their hashes into its policy. */
function oneFile(): Plugin {
  return {
    name: "one-file",
    enforce: "post",
    async generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const page = files.find((file) => file.fileName.endsWith(".html"));
      const script = files.find((file) => file.type === "chunk");
      const style = files.find((file) => file.fileName.endsWith(".css"));
      if (page?.type !== "asset" || script?.type !== "chunk" || style?.type !== "asset")
        throw new Error("the page is not one script and one style any more");
      const code = script.code.trim().replaceAll("</script", "<\\/script");
      const css = String(style.source).trim();
      const rules = await policy(code, css);
      page.source = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>\s*/, "")
        .replace(/<link rel="stylesheet"[^>]*>/, () => `${rules}<style>${css}</style>`)
        .replace("</body>", () => `<script type="module">${code}</script></body>`);
      for (const file of files) if (file !== page) delete bundle[file.fileName];
    },
  };
}

async function policy(code: string, css: string): Promise<string> {
  const rules = [
    "default-src 'none'",
    `script-src ${await hash(code)}`,
    `style-src ${await hash(css)}`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    // Nothing can become markup, also where a later change forgets to set text as text.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
  return `<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">`;
}

async function hash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}
