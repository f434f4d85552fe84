// The folders that are open in this window. What the app changes in them is shown by the backend.
import type { Backend } from "./backend";
import { type FolderAddress, newOpenFolder, type OpenFolder } from "./openFolder";

export interface Folders {
  /** Not open yet: that is `start`, which can be called again after it was closed. */
  at(address: FolderAddress): OpenFolder;
  /** Reads anew what could not be read: whoever has signed in again may do so now. */
  readAgain(): void;
}

export function keepFolders(backend: Backend): Folders {
  const open = new Set<OpenFolder>();
  return {
    at: (address) => newOpenFolder(backend, address, open),
    readAgain: () => {
      for (const folder of open) if (folder.view().error !== null) folder.reload();
    },
  };
}
