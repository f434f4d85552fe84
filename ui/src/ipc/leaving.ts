// Where the window stands with its leaving, as a store that React can read: it is here; the person has closed it while
// transfers are under way and was not answered yet; it is hidden, and the transfers go on. It stays until `leave` is
// called.
import type { Backend } from "./backend";

export type Stage =
  | { kind: "here" }
  /** `hasTray`: a hidden window comes back from an icon in the system's tray. */
  | { kind: "asked"; hasTray: boolean }
  | { kind: "hidden" };

export interface Leaving {
  stage(): Stage;
  subscribe(listener: () => void): () => void;
  /** The question is answered. */
  settle(to: "here" | "hidden"): void;
  /** A hidden window is back. It may have been closed again before this was known: then the question stays. */
  cameBack(): void;
}

export function watchLeaving(backend: Backend): Leaving {
  let stage: Stage = { kind: "here" };
  const listeners = new Set<() => void>();
  const set = (next: Stage) => {
    if (stage.kind === next.kind) return;
    stage = next;
    for (const listener of listeners) listener();
  };
  const ask = async () => {
    // Whoever asks shows the window: nothing is promised of a tray that cannot be asked for.
    const hasTray = await backend.hasTray().catch(() => false);
    set({ kind: "asked", hasTray });
  };
  // A window that cannot watch closes as any other.
  backend.watchLeaving(() => void ask()).catch(() => undefined);

  return {
    stage: () => stage,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    settle: (to) => set({ kind: to }),
    cameBack: () => stage.kind === "hidden" && set({ kind: "here" }),
  };
}
