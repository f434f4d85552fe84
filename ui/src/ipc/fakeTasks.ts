// Tasks in memory, for `fake.ts`: they begin, and go on as a test says.
import type { Backend, TaskId } from "./backend";
import type {
  AppError,
  Chosen,
  Keeps,
  Place,
  Task,
  TaskEvent,
  TaskPhase,
  TaskState,
  TaskWork,
} from "./bindings";

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

const PHASES: Partial<Record<TaskState, TaskPhase>> = {
  ...{ counting: "counting", asking: "counting", running: "doing" },
  ...{ undoing: "undoing", undone: "undoing" },
};

/** The phase goes with the state, unless that is one that comes in each. */
const inPhase = (task: Task): Task => ({ ...task, phase: PHASES[task.state] ?? task.phase });

export const taskOf = (id: TaskId, work: TaskWork, change: Partial<Task> = {}): Task =>
  inPhase({
    ...{ id, profile: "aws:marketing", bucket: "acme-press", work, name: "", chosen: 1 },
    ...{ state: "running", phase: "doing", keeps: null, files: 1, filesDone: 0 },
    ...{ bytes: 7, bytesDone: 0, currentName: null, trouble: null, failed: [], filesFailed: 0 },
    ...{ undoable: 0, ...change },
  });

/** The dialogs take what is suggested. */
function savedAs(chosen: Chosen): TaskWork {
  const [only, ...others] = chosen.kind === "rows" ? chosen.rows : [];
  return only?.kind === "object" && others.length === 0
    ? { kind: "save", to: only.key.split("/").at(-1) ?? "", intoFolder: false }
    : { kind: "save", to: "Downloads", intoFolder: true };
}

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
    if (task) put(inPhase({ ...task, ...to }));
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
        world.savesNowhere ? null : begin(savedAs(chosen), { profile, bucket }),
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
