// Transfers as the backend last told them: a store that React can read. It decides nothing; whoever shows progress
// reads `current`, whoever acts on an ending listens to `onEnded`, which speaks once per ending: a transfer that is
// tried again can end again.
import type { Backend, TransferId } from "./backend";
import type { Transfer, TransferEvent, TransferState } from "./bindings";

export interface Transfers {
  current(): readonly Transfer[];
  subscribe(listener: () => void): () => void;
  onEnded(listener: (transfer: Transfer) => void): () => void;
}

const UNDER_WAY: readonly TransferState[] = ["uploading", "waiting", "linking"];

export const isUnderWay = ({ state }: Transfer) => UNDER_WAY.includes(state);
export const isPaused = ({ state }: Transfer) => state === "paused";
const hasEnded = (transfer: Transfer) => !isUnderWay(transfer) && !isPaused(transfer);

export function watchTransfers(backend: Backend): Transfers {
  let known: readonly Transfer[] = [];
  const listeners = new Set<() => void>();
  const endings = new Set<(transfer: Transfer) => void>();
  const ended = new Set<TransferId>();

  const note = (transfer: Transfer, isNews: boolean) => {
    if (!hasEnded(transfer)) return void ended.delete(transfer.id);
    if (ended.has(transfer.id)) return;
    ended.add(transfer.id);
    if (isNews) for (const listener of endings) listener(transfer);
  };
  const onEvent = (event: TransferEvent) => {
    const before = new Set(known.map(({ id }) => id));
    if (event.kind === "snapshot") {
      known = event.transfers;
      // What ended before this window watched is no news.
      for (const transfer of known) note(transfer, before.has(transfer.id));
    } else {
      const rest = known.filter(({ id }) => id !== event.transfer.id);
      known = [...rest, event.transfer].sort((a, b) => a.id - b.id);
      note(event.transfer, true);
    }
    for (const listener of listeners) listener();
  };
  // A window that cannot watch still browses and copies links.
  backend.watchTransfers(onEvent).catch(() => undefined);

  return {
    current: () => known,
    subscribe: (listener) => added(listeners, listener),
    onEnded: (listener) => added(endings, listener),
  };
}

function added<Listener>(listeners: Set<Listener>, listener: Listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
