// What the icon in the system's tray says while the window is hidden: how the uploads go, about once a second, and how
// they ended; without uploads, whether something else is under way. Until the app answers that the icon is not there (any more).
import { useEffect, useEffectEvent, useRef } from "react";
import { useFormats } from "../../i18n/format";
import { useSay } from "../../i18n/say";
import type { TransferId } from "../../ipc/backend";
import type { Task, Transfer, TrayWords } from "../../ipc/bindings";
import { useBackend, useLeaving, useTasks, useTransfers } from "../../ipc/context";
import { isTaskUnderWay } from "../../ipc/tasks";
import { isUnderWay, type Transfers } from "../../ipc/transfers";
import { shareOf } from "./share";

const STEP_MS = 1_000;

const filesOf = (transfers: readonly Transfer[]) =>
  transfers.reduce((all, { files }) => all + files, 0);

const underWay = (transfers: Transfers) =>
  transfers
    .current()
    .filter(isUnderWay)
    .map(({ id }) => id);

function useTrayWords() {
  const say = useSay();
  const formats = useFormats();
  const progress = (transfers: readonly Transfer[]) => {
    const sending = transfers.filter(({ state }) => state !== "linking");
    const count = filesOf(sending);
    if (count === 0) return say("tray.linking", { count: filesOf(transfers) });
    const isWaiting = sending.every(({ state }) => state === "waiting");
    const percent = formats.percent(shareOf(sending));
    return say(isWaiting ? "tray.waiting" : "tray.uploading", { count, percent });
  };
  const ending = (transfers: readonly Transfer[]) => {
    const sent = transfers.reduce((all, one) => all + one.sent.length, 0);
    const lost = transfers.reduce((all, one) => all + one.failed.length, 0);
    return lost > 0 ? say("tray.partly", { lost }) : say("tray.done", { sent });
  };
  return (transfers: readonly Transfer[], tasks: readonly Task[]): TrayWords => {
    const going = transfers.filter(isUnderWay);
    const isTidying = tasks.some(isTaskUnderWay);
    const open = say("tray.open");
    if (going.length > 0)
      return {
        ...{ tooltip: progress(going), open },
        quit: say(isTidying ? "leaving.quit" : "tray.quit"),
      };
    if (isTidying) return { tooltip: say("tray.tidying"), open, quit: say("leaving.quit") };
    const tooltip = transfers.length > 0 ? ending(transfers) : say("tray.tidied");
    return { tooltip, open, quit: say("tray.quitDone") };
  };
}

/** Tells the icon of the transfers that were under way when the window was closed, from its hiding on. */
export function useTray() {
  const backend = useBackend();
  const transfers = useTransfers();
  const tasks = useTasks();
  const { stage, cameBack } = useLeaving();
  const wordsOf = useTrayWords();
  const closedOver = useRef<ReadonlySet<TransferId>>(new Set());
  const words = useEffectEvent(() =>
    wordsOf(
      transfers.current().filter(({ id }) => closedOver.current.has(id)),
      tasks.current(),
    ),
  );
  const tell = useEffectEvent(async (said: TrayWords) => {
    const isThere = await backend.tellTray(said).catch(() => false);
    if (!isThere) cameBack();
  });
  useEffect(() => {
    if (stage.kind === "asked") closedOver.current = new Set(underWay(transfers));
    if (stage.kind !== "hidden") return;
    let last = "";
    const steps = inSteps(() => {
      const now = words();
      const all = `${now.tooltip}\n${now.quit}`;
      if (all === last) return;
      last = all;
      void tell(now);
    });
    steps.wake();
    const forgets = [transfers, tasks].map(({ subscribe }) => subscribe(steps.wake));
    return () => {
      for (const forget of forgets) forget();
      steps.stop();
    };
  }, [stage.kind, transfers, tasks]);
}

/** Acts at once, and then no more than once a step; the last call is never lost. */
function inSteps(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isDue = false;
  const wake = () => {
    isDue = timer !== null;
    if (isDue) return;
    timer = setTimeout(() => {
      timer = null;
      if (isDue) wake();
    }, STEP_MS);
    act();
  };
  return { wake, stop: () => timer !== null && clearTimeout(timer) };
}
