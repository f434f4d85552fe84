// The backend, the clock and the two live stores, for whoever is below the composition root.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Backend } from "./backend";
import type { Drops } from "./drops";
import type { Transfers } from "./transfers";

/** Milliseconds since 1970; the window takes the time from here and from nowhere else. */
export type Clock = () => number;

export interface Surroundings {
  backend: Backend;
  clock: Clock;
  transfers: Transfers;
  drops: Drops;
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (surroundings === null) throw new Error("rendered outside of the app");
  return surroundings;
}

export const useBackend = () => useSurroundings().backend;
export const useClock = () => useSurroundings().clock;
export const useTransfers = () => useSurroundings().transfers;
export const useDrops = () => useSurroundings().drops;

export function useTransferList() {
  const transfers = useTransfers();
  return useSyncExternalStore(transfers.subscribe, transfers.current);
}

export function useHeldFiles() {
  const drops = useDrops();
  return useSyncExternalStore(drops.subscribe, drops.held);
}
