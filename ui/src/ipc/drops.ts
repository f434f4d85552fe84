// Files that the person holds over the window or has let go: a store that React can read. The paths never come here;
// a drop is an id and names.
import type { Backend } from "./backend";
import type { Drop, DropEvent } from "./bindings";

export interface Drops {
  /** The names held over the window now, or null. */
  held(): readonly string[] | null;
  subscribe(listener: () => void): () => void;
  onDropped(listener: (drop: Drop) => void): () => void;
}

export function watchDrops(backend: Backend): Drops {
  let held: readonly string[] | null = null;
  const listeners = new Set<() => void>();
  const receivers = new Set<(drop: Drop) => void>();

  const onEvent = (event: DropEvent) => {
    held = event.kind === "over" ? event.names : null;
    for (const listener of listeners) listener();
    if (event.kind === "dropped") for (const receive of receivers) receive(event.drop);
  };
  // Without drops there is still the button that opens the system's dialog.
  backend.watchDrops(onEvent).catch(() => undefined);

  return {
    held: () => held,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onDropped(receive) {
      receivers.add(receive);
      return () => void receivers.delete(receive);
    },
  };
}
