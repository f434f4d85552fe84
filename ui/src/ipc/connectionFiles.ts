// Connection files that are opened outside of the window or dropped on it. One that comes before anybody listens, as
// when the file itself started the app, waits for the first who does.
import type { Backend } from "./backend";
import type { ConnectionFileEvent } from "./bindings";

type Listener = (event: ConnectionFileEvent) => void;

export interface ConnectionFiles {
  onOpened: (listener: Listener) => () => void;
}

export function watchConnectionFiles(backend: Backend): ConnectionFiles {
  let listener: Listener | null = null;
  let waiting: ConnectionFileEvent | null = null;
  // Without the watch nothing opens by itself; the file dialog is left.
  backend
    .watchConnectionFiles((event) => {
      if (listener) listener(event);
      else waiting = event;
    })
    .catch(() => undefined);
  return {
    onOpened(next) {
      listener = next;
      if (waiting) next(waiting);
      waiting = null;
      return () => {
        if (listener === next) listener = null;
      };
    },
  };
}
