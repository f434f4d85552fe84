// What goes for good, counted before anybody is asked.
import { Answer, Question } from "../../components/Question";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Task } from "../../ipc/bindings";
import { useTaskList } from "../../ipc/context";
import { isForGood } from "../../ipc/tasks";
import { useChangeTask } from "../../queries/tidy";
import { useFocusBack } from "./useFocusBack";

export function DeleteDialog({ profile }: { profile: ProfileId }) {
  const task = useTaskList().find((one) => one.profile === profile && isForGood(one));
  return task === undefined ? null : <Asked key={task.id} task={task} />;
}

function Asked({ task }: { task: Task }) {
  const say = useSay();
  const formats = useFormats();
  useFocusBack();
  const change = useChangeTask(task.id);
  const { chosen, name, files, bytes, keeps } = task;
  const isCounted = task.state === "asking";
  const size = formats.size(bytes);
  return (
    <Question
      title={<Say id="tidy.delete.title" values={{ count: chosen, name: isolated(name) }} />}
      answers={
        isCounted && (
          <Answer
            label={say("tidy.delete.submit", { count: files })}
            isForGood
            hint={<Say id="tidy.delete.hint" values={{ count: files, size }} />}
            isPending={change.isPending && change.variables === "consent"}
            onPress={() => change.mutate("consent")}
          />
        )
      }
      cancel={say("tidy.delete.cancel")}
      onCancel={() => change.mutate("forget")}
    >
      <p>
        <Say
          id={
            keeps === "nothing"
              ? "tidy.delete.nothing"
              : keeps === "versionsLocked"
                ? "tidy.delete.locked"
                : "tidy.delete.notSaid"
          }
        />
      </p>
      <p>
        {!isCounted && <Say id="tidy.delete.counting" values={{ count: files, size }} />}
        {/* Figures that run would be read out without end. */}
        <span role="status">
          {isCounted && <Say id="tidy.delete.counted" values={{ count: files, size }} />}
        </span>
      </p>
      {task.trouble && <ErrorNotice error={task.trouble} task="delete" tone="plain" />}
      {change.error && <ErrorNotice error={change.error} task="delete" />}
    </Question>
  );
}
