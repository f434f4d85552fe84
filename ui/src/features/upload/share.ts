// How far transfers are, and why one waits.
import { type MessageId, useSay } from "../../i18n/say";
import type { AppError, Transfer } from "../../ipc/bindings";

export function shareOf(transfers: readonly Transfer[]): number {
  const sum = (figure: "bytesSent" | "bytesTotal") =>
    transfers.reduce((all, one) => all + one[figure], 0);
  const total = sum("bytesTotal");
  return total === 0 ? 0 : Math.min(1, sum("bytesSent") / total);
}

const WAITING: Partial<Record<AppError["code"], MessageId>> = {
  offline: "upload.waiting.network",
  serverBusy: "upload.waiting.storage",
  serverFault: "upload.waiting.storage",
  credentialsEnded: "upload.waiting.signIn",
  credentialsRefused: "upload.waiting.signIn",
  credentialsMissing: "upload.waiting.signIn",
  codeNeeded: "upload.waiting.signIn",
};

export function useWaitingWords() {
  const say = useSay();
  return ({ trouble }: Transfer) =>
    say((trouble && WAITING[trouble.code]) ?? "upload.waiting.other");
}
