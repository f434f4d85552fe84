// The open folder, and what parts of the window want to know of it: each is drawn anew only by what it asks for,
// because while a folder is read it stands otherwise ten times a second.
import { useEffect, useEffectEvent, useMemo, useSyncExternalStore } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { Place, Selected } from "../../ipc/bindings";
import { useFolders } from "../../ipc/context";
import { type FolderView, nothing, type OpenFolder, unknown } from "../../ipc/openFolder";
import type { Looking } from "./useLooking";

export type Folder = OpenFolder | null;

const never = () => () => undefined;

export function useFolder(
  profile: ProfileId,
  place: Place | null,
  { depth, arrangement }: Looking,
): Folder {
  const folders = useFolders();
  const folder = useMemo(
    () => place && folders.at({ profile, place, depth }),
    [folders, profile, place, depth],
  );
  const start = useEffectEvent(() => folder?.start(arrangement));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another folder is the reason to open
  useEffect(() => start(), [folder]);
  useEffect(() => folder?.arrange(arrangement), [folder, arrangement]);
  return folder;
}

/** One fact of how it stands: a value that is itself as long as nothing has changed. */
export function useFolderFact<Fact>(folder: Folder, pick: (view: FolderView) => Fact): Fact {
  return useSyncExternalStore(folder?.subscribe ?? never, () => pick(folder?.view() ?? unknown));
}

const whole = (view: FolderView) => view;
export const useFolderView = (folder: Folder) => useFolderFact(folder, whole);

export function useSelected(folder: Folder): Selected {
  return useSyncExternalStore(folder?.subscribe ?? never, folder?.selected ?? (() => nothing));
}
