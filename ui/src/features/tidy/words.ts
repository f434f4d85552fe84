// A task in one sentence.
import { isolated } from "../../i18n/names";
import { useSay } from "../../i18n/say";
import type { TidyTask } from "../../i18n/trouble";
import type { Task } from "../../ipc/bindings";
import { hasTaskEnded } from "../../ipc/tasks";

export const doing = ({ work, state }: Task): TidyTask =>
  state === "undoing" || state === "undone" ? "undo" : work.kind;

export function useTaskWords() {
  const say = useSay();
  return (task: Task): string => {
    const { work, state, chosen, files, filesDone, filesFailed } = task;
    const to = "to" in work ? work.to : work.kind === "rename" ? work.name : "";
    const values = {
      ...{ name: isolated(task.name), count: chosen, files, done: filesDone - filesFailed },
      to: isolated(lastPart(to)),
    };
    if (state === "undone")
      return say(filesFailed === 0 ? "tidy.undone" : "tidy.undonePartly", {
        ...values,
        count: filesDone,
      });
    if (state === "undoing") return say("tidy.undoing", values);
    if (state === "counting") return say("tidy.counting", values);
    if (state === "paused") return say("tidy.paused", values);
    if (state === "cancelled") return say(`tidy.stopped.${work.kind}`, values);
    if (!hasTaskEnded(task)) return say(`tidy.doing.${work.kind}`, values);
    const isWhole = filesFailed === 0 && filesDone === files && task.trouble === null;
    return say(isWhole ? `tidy.done.${work.kind}` : `tidy.partly.${work.kind}`, values);
  };
}

const lastPart = (path: string) => {
  const bare = path.endsWith("/") ? path.slice(0, -1) : path;
  return bare.slice(bare.lastIndexOf("/") + 1);
};
