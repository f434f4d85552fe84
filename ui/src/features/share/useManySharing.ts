// Making links of many files at once: how they will open, how far it is, and what came of it.
import { useEffect, useState } from "react";
import { dispositionForAll, mustDownload } from "../../i18n/kinds";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Expiry, Links, LinksRequest } from "../../ipc/bindings";
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
  const about = addressesOf(files);
  const asked = copying.variables && addressesOf(subjectsOf(copying.variables));
  // biome-ignore lint/correctness/useExhaustiveDependencies: other files are the reason to forget
  useEffect(() => {
    // Links can have been asked for before their files are drawn here.
    if (asked !== about) reset();
    setChosen({});
  }, [about, reset]);

  const openingFor = (these: readonly Subject[], { disposition, ...rest }: Partial<Opening>) => {
    const usual = dispositionForAll(these.map(({ name }) => name));
    const wished = { showsActive: false, pinned: false, ...rest };
    return allowed({ ...wished, disposition: disposition ?? usual }, mayInline);
  };
  const opening = openingFor(files, chosen);
  return {
    files,
    done,
    opening,
    mayInline,
    mayBeActive: files.some(({ name }) => mustDownload(name)),
    setOpening: (change: Partial<Opening>) => setChosen((known) => ({ ...known, ...change })),
    copy: (these: readonly Subject[]) => {
      const bucket = these[0]?.bucket;
      if (bucket === undefined || copying.isPending) return;
      setDone(0);
      const isDrawn = addressesOf(these) === about;
      const options = { expiry, ...openingFor(these, isDrawn ? chosen : {}), pays: false };
      const keys = these.map(({ key }) => key);
      mutate({ profile, bucket, keys, options }, { onSuccess: onCopied });
    },
    stop: () => stopping.mutate(),
    forget: reset,
    isCopying: copying.isPending,
    outcome: outcomeOf(copying.data, copying.error),
  };
}

const addressesOf = (files: readonly Pick<Subject, "bucket" | "key">[]) =>
  files.map(({ bucket, key }) => `${bucket}/${key}`).join("\n");
const subjectsOf = ({ bucket, keys }: LinksRequest) => keys.map((key) => ({ bucket, key }));

function outcomeOf(links: Links | undefined, error: AppError | null): ManyOutcome {
  if (error) return error.code === "cancelled" ? { kind: "stopped" } : { kind: "failed", error };
  return links ? { kind: "made", links } : null;
}
