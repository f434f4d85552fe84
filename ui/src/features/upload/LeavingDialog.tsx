// The window is being closed while files are on their way: what becomes of them.
import { Answer, Question } from "../../components/Question";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say, useSay } from "../../i18n/say";
import type { Leave } from "../../ipc/bindings";
import { useLeaving, useTaskList, useTransferList } from "../../ipc/context";
import { isTaskUnderWay } from "../../ipc/tasks";
import { isUnderWay } from "../../ipc/transfers";
import { useLeave } from "../../queries/upload";

export function LeavingDialog() {
  const { stage, settle } = useLeaving();
  return stage.kind === "asked" ? <Asked hasTray={stage.hasTray} onSettled={settle} /> : null;
}

interface Props {
  hasTray: boolean;
  /** Whether the window stays or went. */
  onSettled: (to: "here" | "hidden") => void;
}

function Asked({ hasTray, onSettled }: Props) {
  const say = useSay();
  const underWay = useTransferList().filter(isUnderWay);
  const tasks = useTaskList().filter(isTaskUnderWay);
  const leave = useLeave();
  const go = (how: Leave) =>
    leave.mutate(how, { onSuccess: () => onSettled(how === "background" ? "hidden" : "here") });
  const pending = leave.isPending ? leave.variables : null;
  const count = underWay.length;
  const lost = underWay.filter(({ isKept }) => !isKept).length;
  return (
    <Question
      title={
        <Say
          id={count === 0 && tasks.length > 0 ? "leaving.tasksTitle" : "leaving.title"}
          values={{ count }}
        />
      }
      answers={
        <>
          <Answer
            isUsual
            label={say("leaving.background")}
            hint={
              <>
                <Say id="leaving.backgroundHint" values={{ count }} />{" "}
                <Say id={hasTray ? "leaving.byTray" : "leaving.byStart"} values={{ count }} />
              </>
            }
            isPending={pending === "background"}
            onPress={() => go("background")}
          />
          <Answer
            label={say("leaving.quit")}
            hint={<Say id="leaving.quitHint" values={{ count, lost, kept: count - lost }} />}
            isPending={pending === "quit"}
            onPress={() => go("quit")}
          />
        </>
      }
      cancel={say("leaving.cancel")}
      onCancel={() => onSettled("here")}
    >
      {tasks.length > 0 && (
        <p>
          <Say id="leaving.tasks" />{" "}
          {tasks.some(({ state }) => state === "paused") && <Say id="leaving.paused" />}
        </p>
      )}
      {leave.error && <ErrorNotice error={leave.error} task="leave" />}
    </Question>
  );
}
