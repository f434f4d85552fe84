// Making links of many files at once: how they will open, how far it is, and what came of it.
import { useEffect, useState } from "react";
import { dispositionForAll, mustDownload } from "../../i18n/kinds";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Expiry, Links } from "../../ipc/bindings";
import { useCopyLinks, useStopLinks } from "../../queries/share";
import { allowed, type Opening, type Subject } from "./useSharing";

export type ManyOutcome =
  | { kind: "made"; links: Links }
  | { kind: "failed"; error: AppError }
  | { kind: "stopped" }
  | null;

export type ManySharing = ReturnType<typeof useManySharing>;

export function useManySharing(
  profile: ProfileId,
  files: readonly Subject[],
  expiry: Expiry,
  mayInline: boolean,
  onCopied: (links: Links) => void,
) {
  const [done, setDone] = useState(0);
  const [chosen, setChosen] = useState<Partial<Opening>>({});
  const { mutate, reset, ...copying } = useCopyLinks(setDone);
  const stopping = useStopLinks();
  const about = files.map(({ bucket, key }) => `${bucket}/${key}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: other files are the reason to forget
  useEffect(() => {
    reset();
    setChosen({});
  }, [about, reset]);

  const wished: Opening = {
    disposition: chosen.disposition ?? dispositionForAll(files.map(({ name }) => name)),
    showsActive: chosen.showsActive ?? false,
    pinned: chosen.pinned ?? false,
  };
  const opening = allowed(wished, mayInline);
  return {
    files,
    done,
    opening,
    mayInline,
    mayBeActive: files.some(({ name }) => mustDownload(name)),
    setOpening: (change: Partial<Opening>) => setChosen((known) => ({ ...known, ...change })),
    copy: () => {
      const bucket = files[0]?.bucket;
      if (bucket === undefined || copying.isPending) return;
      setDone(0);
      const options = { expiry, ...opening, pays: false };
      const keys = files.map(({ key }) => key);
      mutate({ profile, bucket, keys, options }, { onSuccess: onCopied });
    },
    stop: () => stopping.mutate(),
    forget: reset,
    isCopying: copying.isPending,
    outcome: outcomeOf(copying.data, copying.error),
  };
}

function outcomeOf(links: Links | undefined, error: AppError | null): ManyOutcome {
  if (error) return error.code === "cancelled" ? { kind: "stopped" } : { kind: "failed", error };
  return links ? { kind: "made", links } : null;
}
