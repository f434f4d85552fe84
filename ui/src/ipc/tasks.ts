// Tasks as the backend last told them: a store that React can read. It decides nothing.
import type { Backend } from "./backend";
import type { Task, TaskEvent, TaskState } from "./bindings";

export interface Tasks {
  current(): readonly Task[];
  subscribe(listener: () => void): () => void;
}

const ENDED: readonly TaskState[] = ["finished", "failed", "cancelled", "undone"];

export const hasTaskEnded = ({ state }: Task) => ENDED.includes(state);
/** Whether the end of the app would cut it off, halted or not. What asks has not begun. */
export const isTaskUnderWay = (task: Task) => !hasTaskEnded(task) && task.state !== "asking";

/** Whether it waits for the person's word, or will: what it deletes is not kept. */
export const isForGood = (task: Task) =>
  task.work.kind === "delete" &&
  task.phase === "counting" &&
  !hasTaskEnded(task) &&
  task.keeps !== null &&
  task.keeps !== "versions";

export function watchTasks(backend: Backend): Tasks {
  let known: readonly Task[] = [];
  const listeners = new Set<() => void>();
  const onEvent = (event: TaskEvent) => {
    if (event.kind === "snapshot") known = event.tasks;
    else {
      const rest = known.filter(({ id }) => id !== event.task.id);
      known = [...rest, event.task].sort((a, b) => a.id - b.id);
    }
    for (const listener of listeners) listener();
  };
  // A window that cannot watch still browses and copies links.
  backend.watchTasks(onEvent).catch(() => undefined);
  return {
    current: () => known,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
