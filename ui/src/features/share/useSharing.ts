// Making a link of the chosen file: how it will open, the act of copying, and what came of it. What came of it belongs
// to one file and goes when another is chosen.
import { useEffect, useState } from "react";
import { mustDownload, usualDisposition } from "../../i18n/kinds";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Expiry, Link, LinkOptions, LinkRequest } from "../../ipc/bindings";
import { useBringBack, useCopyLink } from "../../queries/share";

export interface Subject {
  bucket: string;
  key: string;
  name: string;
}

/** What the panel lets a person choose, beside the end. */
export type Opening = Pick<LinkOptions, "disposition" | "showsActive" | "pinned">;

export type Outcome =
  | {
      kind: "made";
      link: Link;
      wasInline: boolean;
      wasPinned: boolean;
      isCopy: boolean;
      isOlder: boolean;
    }
  | { kind: "failed"; error: AppError }
  | { kind: "comingBack" }
  | null;

export type Sharing = ReturnType<typeof useSharing>;

export function useSharing(
  profile: ProfileId,
  subject: Subject | null,
  expiry: Expiry,
  mayInline: boolean,
  onCopied: (link: Link) => void,
) {
  const { mutate, reset, ...copying } = useCopyLink();
  const { mutate: bringBack, reset: forgetAsking, ...asking } = useBringBack();
  const [chosen, setChosen] = useState<{ about: string; opening: Partial<Opening> } | null>(null);
  const about = addressOf(subject);
  const asked = addressOf(copying.variables?.request ?? null);
  const forget = () => {
    reset();
    forgetAsking();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file is the reason to forget
  useEffect(() => {
    // A link can have been asked for before its file is drawn here.
    if (asked !== about) forget();
  }, [about]);

  const openingFor = (file: Subject | null) => {
    const wished = chosen?.about === addressOf(file) ? chosen.opening : {};
    return allowed(openingOf(file, wished), mayInline);
  };
  const requestFor = (file: Subject): LinkRequest => {
    const options = { expiry, ...openingFor(file), pays: false };
    return { profile, bucket: file.bucket, key: file.key, options };
  };
  const opening = openingFor(subject);
  const request = subject && requestFor(subject);
  const make = (file: Subject | null, changes: { asCopy?: boolean; pays?: boolean } = {}) => {
    if (file === null || copying.isPending) return;
    forgetAsking();
    const { options, ...rest } = requestFor(file);
    const request = { ...rest, options: { ...options, pays: changes.pays ?? false } };
    const asked = { request, asCopy: changes.asCopy ?? false };
    mutate(asked, { onSuccess: (link) => link.copied && onCopied(link) });
  };
  return {
    opening,
    mayInline,
    setOpening: (change: Partial<Opening>) =>
      about && setChosen({ about, opening: { ...opening, ...change } }),
    copy: (file: Subject) => make(file),
    copyAndPay: () => make(subject, { pays: true }),
    copyAsCopy: () => make(subject, { asCopy: true }),
    bringBack: () => request && bringBack(request, { onSuccess: reset }),
    isAskingBack: asking.isPending,
    forget,
    isCopying: copying.isPending,
    outcome: asking.isSuccess
      ? ({ kind: "comingBack" } as const)
      : outcomeOf(copying.data, asking.error ?? copying.error, copying.variables, request),
  };
}

const addressOf = (file: Pick<Subject, "bucket" | "key"> | null) =>
  file && `${file.bucket}/${file.key}`;

function openingOf(subject: Subject | null, chosen: Partial<Opening>): Opening {
  if (subject === null) return { disposition: "attachment", showsActive: false, pinned: false };
  const showsActive = chosen.showsActive ?? false;
  const isHeldBack = mustDownload(subject.name) && !showsActive;
  const usual = usualDisposition(subject.name);
  return {
    disposition: isHeldBack ? "attachment" : (chosen.disposition ?? usual),
    showsActive,
    pinned: chosen.pinned ?? false,
  };
}

/** Where IT allows downloads only, that is what it is. */
export const allowed = (opening: Opening, mayInline: boolean): Opening =>
  mayInline ? opening : { ...opening, disposition: "attachment", showsActive: false };

function outcomeOf(
  link: Link | undefined,
  error: AppError | null,
  asked: { request: LinkRequest; asCopy: boolean } | undefined,
  request: LinkRequest | null,
): Outcome {
  if (error) return error.code === "cancelled" ? null : { kind: "failed", error };
  if (!link || !asked) return null;
  const wish = (of: LinkRequest | null) => of && JSON.stringify({ ...of.options, pays: false });
  return {
    kind: "made",
    link,
    wasInline: asked.request.options.disposition === "inline",
    wasPinned: asked.request.options.pinned,
    isCopy: asked.asCopy,
    isOlder: wish(asked.request) !== wish(request),
  };
}
