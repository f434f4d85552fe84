// The latest task of this connection, under the list: it stays until the next one, or until it is taken away.

import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Task } from "../../ipc/bindings";
import { useTaskList } from "../../ipc/context";
import { hasTaskEnded, isForGood } from "../../ipc/tasks";
import { TaskCard } from "./TaskCard";
import styles from "./tidy.module.css";
import type { Tidy } from "./useTidy";
import { useTaskWords } from "./words";

interface Props {
  profile: ProfileId;
  tidy: Tidy;
}

export function TaskBar({ profile, tidy }: Props) {
  const say = useSay();
  const words = useTaskWords();
  // Figures that run would be read out without end.
  const told = (task: Task) =>
    task.phase === "counting" && !hasTaskEnded(task) ? say("tidy.countingBegins") : words(task);
  const mine = useTaskList().filter((task) => task.profile === profile && !isForGood(task));
  const latest = mine.at(-1);
  const { refused, wasSaving } = tidy;
  return (
    <div className={styles.bar} data-empty={(!latest && !refused) || undefined}>
      {refused && <ErrorNotice error={refused} task={wasSaving ? "save" : "delete"} />}
      {latest && <TaskCard key={latest.id} task={latest} />}
      <p role="status" className={styles.told}>
        {latest && told(latest)}
      </p>
    </div>
  );
}

/** All of them, newest first. */
export function TaskCards() {
  const tasks = useTaskList().toReversed();
  if (tasks.length === 0) return null;
  return (
    <ul className={styles.cards}>
      {tasks.map((task) => (
        <li key={task.id}>
          <TaskCard task={task} />
        </li>
      ))}
    </ul>
  );
}
