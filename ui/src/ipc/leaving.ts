// Whether the person has closed the window while transfers are under way and was not answered yet: a store that React
// can read. The window stays until `leave` is called.
import type { Backend } from "./backend";

export interface Leaving {
  isAsked(): boolean;
  subscribe(listener: () => void): () => void;
  /** The question is answered. */
  settle(): void;
}

export function watchLeaving(backend: Backend): Leaving {
  let isAsked = false;
  const listeners = new Set<() => void>();
  const set = (next: boolean) => {
    isAsked = next;
    for (const listener of listeners) listener();
  };
  // A window that cannot watch closes as any other.
  backend.watchLeaving(() => set(true)).catch(() => undefined);

  return {
    isAsked: () => isAsked,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    settle: () => set(false),
  };
}
