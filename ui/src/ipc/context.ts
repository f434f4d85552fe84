// The backend, the clock and the live stores, for whoever is below the composition root.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Backend } from "./backend";
import type { ConnectionFiles } from "./connectionFiles";
import type { Drops } from "./drops";
import type { Folders } from "./folders";
import type { Leaving } from "./leaving";
import type { Paces } from "./pace";
import type { Tasks } from "./tasks";
import type { Thumbnails } from "./thumbnails";
import type { Transfers } from "./transfers";

/** Milliseconds since 1970; the window takes the time from here and from nowhere else. */
export type Clock = () => number;

export interface Surroundings {
  backend: Backend;
  clock: Clock;
  transfers: Transfers;
  paces: Paces;
  drops: Drops;
  leaving: Leaving;
  connectionFiles: ConnectionFiles;
  folders: Folders;
  thumbnails: Thumbnails;
  tasks: Tasks;
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
export const useTasks = () => useSurroundings().tasks;
export const useConnectionFiles = () => useSurroundings().connectionFiles;
export const useFolders = () => useSurroundings().folders;
export const useThumbnails = () => useSurroundings().thumbnails;
export const useDrops = () => useSurroundings().drops;

export function useTransferList() {
  const transfers = useTransfers();
  return useSyncExternalStore(transfers.subscribe, transfers.current);
}

export function useTaskList() {
  const tasks = useTasks();
  return useSyncExternalStore(tasks.subscribe, tasks.current);
}

/** Speed and time left of those that are told well enough. */
export function usePaces() {
  const { paces } = useSurroundings();
  return useSyncExternalStore(paces.subscribe, paces.current);
}

export function useLeaving() {
  const { leaving } = useSurroundings();
  const stage = useSyncExternalStore(leaving.subscribe, leaving.stage);
  return { stage, settle: leaving.settle, cameBack: leaving.cameBack };
}

export function useHeldFiles() {
  const drops = useDrops();
  return useSyncExternalStore(drops.subscribe, drops.held);
}
