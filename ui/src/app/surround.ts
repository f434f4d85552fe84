// Builds what the window stands on. Once per window and outside of React, which may draw twice: a backend tells its
// events to the one who asked last.
import type { Backend } from "../ipc/backend";
import { watchConnectionFiles } from "../ipc/connectionFiles";
import type { Clock, Surroundings } from "../ipc/context";
import { watchDrops } from "../ipc/drops";
import { keepFolders } from "../ipc/folders";
import { watchLeaving } from "../ipc/leaving";
import { watchPaces } from "../ipc/pace";
import { watchTasks } from "../ipc/tasks";
import { keepThumbnails } from "../ipc/thumbnails";
import { watchTransfers } from "../ipc/transfers";

export function surround(backend: Backend, clock: Clock): Surroundings {
  const transfers = watchTransfers(backend);
  return {
    ...{ backend, clock, transfers, paces: watchPaces(transfers, clock) },
    ...{ drops: watchDrops(backend), leaving: watchLeaving(backend) },
    connectionFiles: watchConnectionFiles(backend),
    folders: keepFolders(backend),
    thumbnails: keepThumbnails(backend),
    tasks: watchTasks(backend),
  };
}
