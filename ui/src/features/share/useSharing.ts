// Making a link of the chosen file: how it will open, the act of copying, and what came of it. What came of it belongs
// to one file and goes when another is chosen.
import { useEffect, useState } from "react";
import { mustDownload, usualDisposition } from "../../i18n/kinds";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Disposition, Expiry, Link, LinkRequest } from "../../ipc/bindings";
import { useCopyLink } from "../../queries/share";

export interface Subject {
  bucket: string;
  key: string;
  name: string;
}

export type Outcome =
  | { kind: "made"; link: Link; isOlder: boolean }
  | { kind: "failed"; error: AppError }
  | null;

export type Sharing = ReturnType<typeof useSharing>;

export function useSharing(
  profile: ProfileId,
  subject: Subject | null,
  expiry: Expiry,
  onCopied: (link: Link) => void,
) {
  const { mutate, reset, ...copying } = useCopyLink();
  const [chosen, setChosen] = useState<{ about: string; disposition: Disposition } | null>(null);
  const about = subject && `${subject.bucket}/${subject.key}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is the reason to forget
  useEffect(() => reset, [about, reset]);

  const disposition = subject ? dispositionOf(subject, chosen, about) : "attachment";
  const request: LinkRequest | null = subject && {
    profile,
    bucket: subject.bucket,
    key: subject.key,
    expiry,
    disposition,
  };
  return {
    disposition,
    setDisposition: (next: Disposition) => about && setChosen({ about, disposition: next }),
    copy: () => {
      if (request === null || copying.isPending) return;
      mutate(request, { onSuccess: (link) => link.copied && onCopied(link) });
    },
    forget: reset,
    isCopying: copying.isPending,
    outcome: outcomeOf(copying.data, copying.error, copying.variables, request),
  };
}

function dispositionOf(
  subject: Subject,
  chosen: { about: string; disposition: Disposition } | null,
  about: string | null,
): Disposition {
  if (mustDownload(subject.name)) return "attachment";
  return chosen !== null && chosen.about === about
    ? chosen.disposition
    : usualDisposition(subject.name);
}

function outcomeOf(
  link: Link | undefined,
  error: AppError | null,
  asked: LinkRequest | undefined,
  request: LinkRequest | null,
): Outcome {
  if (error) return error.code === "cancelled" ? null : { kind: "failed", error };
  if (!link) return null;
  return { kind: "made", link, isOlder: JSON.stringify(asked) !== JSON.stringify(request) };
}
