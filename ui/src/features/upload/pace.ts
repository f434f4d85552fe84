// How far a transfer is and how long it will go on, from its absolute figures.
import type { Transfer } from "../../ipc/bindings";

/** Too early to tell: the first moments say nothing about the rest. */
const SETTLING_SECONDS = 2;

export function pace(transfer: Transfer, now: number) {
  const { bytesSent, bytesTotal, startedAt } = transfer;
  const share = bytesTotal === 0 ? 0 : Math.min(1, bytesSent / bytesTotal);
  const elapsed = now / 1000 - startedAt;
  const isTold = elapsed >= SETTLING_SECONDS && bytesSent > 0 && bytesSent < bytesTotal;
  return { share, secondsLeft: isTold ? (elapsed * (bytesTotal - bytesSent)) / bytesSent : null };
}
