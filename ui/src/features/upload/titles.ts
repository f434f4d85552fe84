// What a transfer is called: by the name of its file where it has one, and otherwise by how many they are.
import { visible } from "../../i18n/names";
import { useSay } from "../../i18n/say";
import type { Transfer } from "../../ipc/bindings";

/** The name of its only file, as soon as it is known. */
export function nameOf({ files, currentName, sent, failed, leftOut }: Transfer): string | null {
  if (files > 1) return null;
  return currentName ?? sent[0]?.name ?? failed[0]?.name ?? leftOut[0] ?? null;
}

export function useTitle() {
  const say = useSay();
  return (transfer: Transfer) => {
    const name = nameOf(transfer);
    return name === null ? say("uploads.files", { count: transfer.files }) : visible(name);
  };
}
