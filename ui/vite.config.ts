import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The built files are embedded in the app, whose security policy allows no inline script, no data: address
// and no network; hence no inlined assets and no preload helper.
export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: "safari16.4",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1100,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["{src,recipient}/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    env: { TZ: "Europe/London" },
    testTimeout: 60_000,
  },
});
