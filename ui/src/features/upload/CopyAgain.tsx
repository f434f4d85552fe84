// The links of what a transfer brought, signed anew: for when they are not on the clipboard, or not any more.
import { CircleCheck } from "lucide-react";
import { Button } from "../../components/Button";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { type MessageId, Say } from "../../i18n/say";
import type { AppError, FailedFile, Transfer } from "../../ipc/bindings";
import { useCopyLink, useCopyLinks } from "../../queries/share";
import styles from "./ArrivalCard.module.css";
import { NotSent } from "./SentFiles";

export function useCopyAgain(transfer: Transfer) {
  const one = useCopyLink();
  const many = useCopyLinks(() => undefined);
  const { profile, place, expiry, disposition, sent } = transfer;
  const [first, ...others] = sent.map(({ key }) => key);
  const options = { expiry, disposition, showsActive: false, pinned: false, pays: false };
  const copy = () => {
    if (first === undefined) return;
    const common = { profile, bucket: place.bucket, options };
    if (others.length === 0) one.mutate({ request: { ...common, key: first }, asCopy: false });
    else many.mutate({ ...common, keys: [first, ...others] });
  };
  const made = one.data ? 1 : (many.data?.made.length ?? 0);
  return {
    ...{ copy, made },
    isPending: one.isPending || many.isPending,
    isCopied: one.data?.copied ?? many.data?.copied ?? null,
    failed: many.data?.failed ?? [],
    error: one.error ?? many.error,
  };
}

type Copying = ReturnType<typeof useCopyAgain>;

export function CopyAgainButton({ copying, count }: { copying: Copying; count: number }) {
  return (
    <Button isPending={copying.isPending} onPress={copying.copy}>
      <Say id="upload.copyAgain" values={{ count }} />
    </Button>
  );
}

/** The region is always there, so that its change is announced. */
export function CopiedAgain({ copying }: { copying: Copying }) {
  const { isCopied, made, failed, error } = copying;
  return (
    <>
      <p role="status" className={styles.again}>
        {isCopied !== null && !error && <Told isCopied={isCopied} made={made} />}
      </p>
      <Trouble error={error} failed={failed} />
    </>
  );
}

function Told({ isCopied, made }: { isCopied: boolean; made: number }) {
  const id: MessageId = isCopied ? "upload.copiedAgain" : "upload.notCopiedAgain";
  return (
    <>
      {isCopied && <CircleCheck aria-hidden="true" className={styles.tick} />}
      <Say id={id} values={{ count: made }} />
    </>
  );
}

function Trouble({ error, failed }: { error: AppError | null; failed: readonly FailedFile[] }) {
  if (error) return <ErrorNotice error={error} task="copy" />;
  return <NotSent failed={failed} />;
}
