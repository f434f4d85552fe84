// An ending in two short lines: for the system's notifications, and for those who hear the window. Never a link.
import { useEffect, useEffectEvent } from "react";
import { isolated } from "../../i18n/names";
import { type MessageId, useSay, type Values } from "../../i18n/say";
import type { Transfer } from "../../ipc/bindings";
import { useBackend, useClock, useTransfers } from "../../ipc/context";
import { nameOf } from "./titles";

export function useEndingWords() {
  const say = useSay();
  return (transfer: Transfer) => {
    const { title, body, values } = wordsOf(transfer);
    return { title: say(title, values), body: say(body, values) };
  };
}

function wordsOf(transfer: Transfer): { title: MessageId; body: MessageId; values: Values } {
  const { state, files, sent, failed, handover } = transfer;
  const name = isolated(nameOf(transfer) ?? "");
  const values = { count: files, sent: sent.length, lost: failed.length, name };
  if (state === "cancelled") return { title: "upload.stopped", body: "upload.stoppedBody", values };
  if (state === "failed") return { title: "ended.failed", body: "ended.failedBody", values };
  if (failed.length > 0) return { title: "ended.partly", body: "ended.failedBody", values };
  const body = handover === "copied" ? "ended.copiedBody" : "ended.notCopiedBody";
  return { title: files === 1 ? "ended.one" : "ended.many", body, values };
}

/** So long that the person has turned to something else. */
const LONG_SECONDS = 10;

/** Tells the system of the end of what took long; the app knows whether the window is in front. */
export function useEndNotices() {
  const backend = useBackend();
  const clock = useClock();
  const transfers = useTransfers();
  const words = useEndingWords();
  const tell = useEffectEvent((transfer: Transfer) => {
    const isLong = clock() / 1000 - transfer.startedAt > LONG_SECONDS;
    if (!isLong || transfer.state === "cancelled") return;
    const { title, body } = words(transfer);
    // Whether the system shows messages is the person's choice.
    backend.notify(title, body).catch(() => undefined);
  });
  useEffect(() => transfers.onEnded((transfer) => tell(transfer)), [transfers]);
}
