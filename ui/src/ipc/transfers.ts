// Transfers as the backend last told them: a store that React can read. It decides nothing; whoever shows progress
// reads `current`, whoever acts on an ending listens to `onEnded`, which speaks once per transfer.
import type { Backend, TransferId } from "./backend";
import type { Transfer, TransferEvent } from "./bindings";

export interface Transfers {
  current(): readonly Transfer[];
  subscribe(listener: () => void): () => void;
  onEnded(listener: (transfer: Transfer) => void): () => void;
}

export const isUnderWay = ({ state }: Transfer) => state === "uploading" || state === "linking";

export function watchTransfers(backend: Backend): Transfers {
  let known: readonly Transfer[] = [];
  const listeners = new Set<() => void>();
  const endings = new Set<(transfer: Transfer) => void>();
  const ended = new Set<TransferId>();

  const take = (transfer: Transfer) => {
    const rest = known.filter(({ id }) => id !== transfer.id);
    known = [...rest, transfer].sort((a, b) => a.id - b.id);
    if (isUnderWay(transfer) || ended.has(transfer.id)) return;
    ended.add(transfer.id);
    for (const listener of endings) listener(transfer);
  };
  const onEvent = (event: TransferEvent) => {
    if (event.kind === "snapshot") {
      known = event.transfers;
      for (const { id } of known.filter((transfer) => !isUnderWay(transfer))) ended.add(id);
    } else take(event.transfer);
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
