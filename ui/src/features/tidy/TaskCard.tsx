// One task: what is done, how far it is, what came of it, and what can be done about it.
import { useId } from "react";
import { Group } from "react-aria-components";
import { Button } from "../../components/Button";
import { Fold } from "../../components/Fold";
import { Name } from "../../components/Name";
import { Progress } from "../../components/Progress";
import { ErrorDetails, ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { FailedFile, Task } from "../../ipc/bindings";
import { hasTaskEnded } from "../../ipc/tasks";
import { type TaskChange, useChangeTask } from "../../queries/tidy";
import styles from "./tidy.module.css";
import { doing, useTaskWords } from "./words";

export function TaskCard({ task }: { task: Task }) {
  const id = useId();
  const words = useTaskWords();
  const change = useChangeTask(task.id);
  return (
    <Group className={styles.card ?? ""} aria-labelledby={id}>
      <div className={styles.line}>
        <p id={id} className={styles.words}>
          {words(task)}
        </p>
        <Actions task={task} onChange={change.mutate} pending={change.isPending} />
      </div>
      <Bar task={task} />
      {task.trouble && <ErrorNotice error={task.trouble} task={doing(task)} tone="plain" />}
      {change.error && (
        <ErrorNotice error={change.error} task={change.variables === "undo" ? "undo" : "task"} />
      )}
      <NotDone task={task} />
    </Group>
  );
}

interface ActionsProps {
  task: Task;
  pending: boolean;
  onChange: (change: TaskChange) => void;
}

function Actions({ task, pending, onChange }: ActionsProps) {
  return (
    <div className={styles.actions}>
      {actsOf(task).map((act) => (
        <Button
          key={act}
          look={act === "undo" ? "primary" : "plain"}
          isDisabled={pending}
          onPress={() => onChange(act)}
        >
          <Say id={`tidy.act.${act}`} />
        </Button>
      ))}
    </div>
  );
}

function actsOf({ state, work, undoable }: Task): Exclude<TaskChange, "consent">[] {
  switch (state) {
    case "running":
      return work.kind === "delete" ? ["cancel"] : ["pause", "cancel"];
    case "waiting":
    case "paused":
      return ["resume", "cancel"];
    case "counting":
    case "asking":
    case "undoing":
      return ["cancel"];
    default:
      return undoable > 0 ? ["undo", "forget"] : ["forget"];
  }
}

function Bar({ task }: { task: Task }) {
  const say = useSay();
  const formats = useFormats();
  const words = useTaskWords();
  if (hasTaskEnded(task) || task.phase === "counting") return null;
  // Empty files are done, too; a large one is not done at once.
  const share = task.bytes > 0 ? task.bytesDone / task.bytes : task.filesDone / (task.files || 1);
  return (
    <>
      <Progress label={words(task)} share={share} valueLabel={formats.percent(share)} />
      <p className={styles.hint}>
        {say("tidy.figures", {
          ...{ done: task.filesDone, count: task.files },
          ...{ sent: formats.size(task.bytesDone), total: formats.size(task.bytes) },
        })}
      </p>
    </>
  );
}

function NotDone({ task }: { task: Task }) {
  const say = useSay();
  const { failed, filesFailed } = task;
  if (filesFailed === 0) return null;
  return (
    <Fold summary={say("tidy.notDone", { count: filesFailed })}>
      <ul className={styles.failed}>
        {failed.map((one) => (
          <Failed key={one.name} {...one} task={task} />
        ))}
      </ul>
      {filesFailed > failed.length && (
        <p>
          <Say id="upload.more" values={{ count: filesFailed - failed.length }} />
        </p>
      )}
    </Fold>
  );
}

function Failed({ name, error, task }: FailedFile & { task: Task }) {
  const { why, next, values } = troubleOf(error, doing(task), useFormats());
  return (
    <li>
      <b>
        <Name wraps>{visible(name)}</Name>
      </b>
      <p>
        <Say id={why} values={values} /> <Say id={next} values={values} />
      </p>
      <ErrorDetails error={error} />
    </li>
  );
}
