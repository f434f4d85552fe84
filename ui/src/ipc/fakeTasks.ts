// Tasks in memory, for `fake.ts`: they begin, and go on as a test says.
import type { Backend, TaskId } from "./backend";
import type { AppError, Keeps, Place, Task, TaskEvent, TaskWork } from "./bindings";

export interface TaskWorld {
  /** What every new task, folder and change of one is refused with. */
  tidyError: AppError | null;
  /** What deleting comes to: it is kept, or asks first. */
  keeps: Keeps;
  /** Whether the dialog for saving is closed. */
  savesNowhere: boolean;
  /** What the last tasks left behind. */
  tasks: Task[];
}

type Answer = <Made>(
  call: [keyof Backend, ...unknown[]],
  make: () => Made | AppError,
) => Promise<Made>;

type TaskMethods = Pick<
  Backend,
  | "newFolder"
  | "renameRow"
  | "moveRows"
  | "deleteRows"
  | "saveRows"
  | "consentTask"
  | "undoTask"
  | "pauseTask"
  | "resumeTask"
  | "cancelTask"
  | "forgetTask"
  | "watchTasks"
>;

export interface FakeTasks extends TaskMethods {
  /** A task is like this now. */
  task(change: Partial<Task> & { id: number }): void;
}

export const taskOf = (id: TaskId, work: TaskWork, change: Partial<Task> = {}): Task => ({
  ...{ id, profile: "aws:marketing", bucket: "acme-press", work, name: "", chosen: 1 },
  ...{ state: "running", keeps: null, files: 1, filesDone: 0, bytes: 7, bytesDone: 0 },
  ...{ currentName: null, trouble: null, failed: [], filesFailed: 0, undoable: 0, ...change },
});

const deletedAs = (keeps: Keeps): Partial<Task> =>
  keeps === "versions"
    ? { keeps, state: "finished", filesDone: 1, undoable: 1 }
    : { keeps, state: "asking" };

export function fakeTasks(world: TaskWorld, answer: Answer): FakeTasks {
  const tasks = new Map(world.tasks.map((task) => [task.id, task]));
  let tell: (event: TaskEvent) => void = () => undefined;
  const put = (task: Task) => {
    tasks.set(task.id, task);
    tell({ kind: "changed", task });
  };
  const begin = (work: TaskWork, change: Partial<Task>) => {
    if (world.tidyError) return world.tidyError;
    const id = Math.max(0, ...tasks.keys()) + 1;
    put(taskOf(id, work, change));
    return id;
  };
  const change = (id: TaskId, to: Partial<Task>) => {
    const task = tasks.get(id);
    if (world.tidyError) return world.tidyError;
    if (task) put({ ...task, ...to });
    return undefined;
  };
  return {
    ...steering(answer, change),
    task: ({ id, ...to }) => void change(id, to),
    newFolder: (profile, place, name) =>
      answer(
        ["newFolder", profile, place, name],
        (): Place | AppError => world.tidyError ?? { ...place, prefix: `${place.prefix}${name}/` },
      ),
    renameRow: (profile, bucket, row, name) =>
      answer(["renameRow", profile, bucket, row, name], () =>
        begin({ kind: "rename", name }, { profile, bucket }),
      ),
    moveRows: (profile, bucket, chosen, to) =>
      answer(["moveRows", profile, bucket, chosen, to], () =>
        begin({ kind: "move", to: to.prefix }, { profile, bucket }),
      ),
    deleteRows: (profile, bucket, chosen) =>
      answer(["deleteRows", profile, bucket, chosen], () =>
        begin({ kind: "delete" }, { profile, bucket, ...deletedAs(world.keeps) }),
      ),
    saveRows: (profile, bucket, chosen) =>
      answer(["saveRows", profile, bucket, chosen], () =>
        world.savesNowhere ? null : begin({ kind: "save", to: "Downloads" }, { profile, bucket }),
      ),
    forgetTask: (id) =>
      answer(["forgetTask", id], () => {
        tasks.delete(id);
        tell({ kind: "snapshot", tasks: [...tasks.values()] });
        return undefined;
      }),
    watchTasks: (onEvent) =>
      answer(["watchTasks"], () => {
        tell = onEvent;
        onEvent({ kind: "snapshot", tasks: [...tasks.values()] });
        return undefined;
      }),
  };
}

type Steering = "consentTask" | "undoTask" | "pauseTask" | "resumeTask" | "cancelTask";

function steering(
  answer: Answer,
  change: (id: TaskId, to: Partial<Task>) => AppError | undefined,
): Pick<TaskMethods, Steering> {
  return {
    consentTask: (id) => answer(["consentTask", id], () => change(id, { state: "running" })),
    undoTask: (id) => answer(["undoTask", id], () => change(id, { state: "undone", undoable: 0 })),
    pauseTask: (id) => answer(["pauseTask", id], () => change(id, { state: "paused" })),
    resumeTask: (id) => answer(["resumeTask", id], () => change(id, { state: "running" })),
    cancelTask: (id) => answer(["cancelTask", id], () => change(id, { state: "cancelled" })),
  };
}
