// A task in one sentence.
import { isolated } from "../../i18n/names";
import { useSay } from "../../i18n/say";
import type { TidyTask } from "../../i18n/trouble";
import type { Task } from "../../ipc/bindings";
import { hasTaskEnded } from "../../ipc/tasks";

export const doing = ({ work, phase }: Task): TidyTask =>
  phase === "undoing" ? "undo" : work.kind;

export function useTaskWords() {
  const say = useSay();
  return (task: Task): string => {
    const { work, state, phase, chosen, files, filesDone, filesFailed } = task;
    const to = "to" in work ? work.to : work.kind === "rename" ? work.name : "";
    const values = {
      ...{ name: isolated(task.name), count: chosen, files, done: filesDone - filesFailed },
      ...{ to: isolated(lastPart(to)), into: String("intoFolder" in work && work.intoFolder) },
    };
    const isWhole = filesFailed === 0 && filesDone === files && task.trouble === null;
    if (state === "undone") return say(isWhole ? "tidy.undone" : "tidy.undonePartly", values);
    if (state === "paused") return say("tidy.paused", values);
    if (state === "cancelled") return say(`tidy.stopped.${work.kind}`, values);
    if (!hasTaskEnded(task))
      return say(phase === "doing" ? `tidy.doing.${work.kind}` : `tidy.${phase}`, values);
    return say(isWhole ? `tidy.done.${work.kind}` : `tidy.partly.${work.kind}`, values);
  };
}

const lastPart = (path: string) => {
  const bare = path.endsWith("/") ? path.slice(0, -1) : path;
  return bare.slice(bare.lastIndexOf("/") + 1);
};
