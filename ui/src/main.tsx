// The entry point. In a browser, without the app around it, `vite dev` shows the window over the made-up backend;
// the shipped bundle holds only the real one.
import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { surround } from "./app/surround";
import { usableLocale } from "./i18n/locale";
import type { Backend } from "./ipc/backend";
import type { Clock } from "./ipc/context";
import { tauriBackend } from "./ipc/tauri";

interface World {
  backend: Backend;
  clock: Clock;
  locale: string;
}

async function world(): Promise<World> {
  if (import.meta.env.DEV && !("__TAURI_INTERNALS__" in window)) {
    const { worldFromAddress } = await import("./testing/world");
    return worldFromAddress(new URLSearchParams(window.location.search));
  }
  return { backend: tauriBackend, clock: Date.now, locale: usableLocale(navigator.languages) };
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
const { backend, clock, locale } = await world();
createRoot(root).render(
  <StrictMode>
    <App surroundings={surround(backend, clock)} locale={locale} />
  </StrictMode>,
);
