// The ways to offer files other than dropping them: the system's dialogs and the clipboard.
import { useMutation } from "@tanstack/react-query";
import { stamp } from "../../i18n/names";
import { useSay } from "../../i18n/say";
import type { Drop } from "../../ipc/bindings";
import { useBackend, useClock } from "../../ipc/context";
import { toAppError } from "../../ipc/errors";
import type { Arrival } from "./useUploads";

export function useOffers(offer: (drop: Drop) => Promise<void>, tell: (arrival: Arrival) => void) {
  const say = useSay();
  const clock = useClock();
  const backend = useBackend();
  const take = useMutation({ mutationFn: (ask: () => Promise<Drop | null>) => ask() });

  const from = async (ask: () => Promise<Drop | null>, task: "choose" | "paste") => {
    try {
      const drop = await take.mutateAsync(ask);
      if (drop !== null) await offer(drop);
      else if (task === "paste") tell({ kind: "emptyClipboard" });
    } catch (rejection) {
      tell({ kind: "refused", error: toAppError(rejection), task });
    }
  };
  return {
    chooseFiles: () => from(backend.chooseFiles, "choose"),
    chooseFolder: () => from(backend.chooseFolder, "choose"),
    paste: () => from(() => backend.paste(say("upload.pictureName", stamp(clock()))), "paste"),
  };
}
