// All transfers, newest first, and what earlier ones left in the storage.
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ArrowUpDown } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { Blank } from "../../components/Blank";
import { Button, IconButton } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Place, Transfer } from "../../ipc/bindings";
import { useBackend, useTransferList, useTransfers } from "../../ipc/context";
import { leftoversQuery, useRemoveLeftovers } from "../../queries/upload";
import { useEndingWords } from "./endings";
import { UploadCard } from "./UploadCard";
import styles from "./UploadsScreen.module.css";

interface Props {
  profile: ProfileId;
  /** In milliseconds. */
  now: number;
  /** What there is to say of the latest drop. */
  arrival: ReactNode;
  /** What else is being done with files. */
  tasks: ReactNode;
  onOpen: (place: Place) => void;
  onBack: () => void;
}

export function UploadsScreen({ profile, now, arrival, tasks, onOpen, onBack }: Props) {
  const say = useSay();
  const transfers = useTransferList().toReversed();
  const heading = useHeadingFocus(transfers.length);
  return (
    <section className={styles.screen} aria-labelledby="uploads">
      <header className={styles.header}>
        <IconButton label={say("browse.back")} onPress={onBack}>
          <ArrowLeft aria-hidden="true" />
        </IconButton>
        <h1 id="uploads" ref={heading} tabIndex={-1} className={styles.heading}>
          <Say id="uploads.heading" />
        </h1>
      </header>
      <Announced />
      <div className={styles.content}>
        {arrival}
        {tasks}
        <Leftovers />
        {transfers.length === 0 ? (
          <Nothing />
        ) : (
          <ul className={styles.list}>
            {transfers.map((transfer) => (
              <li key={transfer.id}>
                <UploadCard
                  transfer={transfer}
                  now={now}
                  onOpen={transfer.profile === profile ? () => onOpen(transfer.place) : null}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Nothing() {
  return (
    <Blank picture={<ArrowUpDown aria-hidden="true" />} heading={<Say id="uploads.none.heading" />}>
      <p>
        <Say id="uploads.none.body" />
      </p>
    </Blank>
  );
}

/** What opened this screen, or was removed from it, may have had the focus. */
function useHeadingFocus(count: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a card that went is the reason to look
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, [count]);
  return heading;
}

/** Endings are told to those who hear the window; progress would talk without end. */
function Announced() {
  const transfers = useTransfers();
  const words = useEndingWords();
  const [told, setTold] = useState("");
  const tell = useEffectEvent((transfer: Transfer) => {
    const { title, body } = words(transfer);
    setTold(`${title} ${body}`);
  });
  useEffect(() => transfers.onEnded((transfer) => tell(transfer)), [transfers]);
  return (
    <p role="status" className={styles.told}>
      {told}
    </p>
  );
}

function Leftovers() {
  const { data: count = 0 } = useQuery(leftoversQuery(useBackend()));
  const remove = useRemoveLeftovers();
  if (count === 0) return null;
  return (
    <>
      <Notice
        tone="warn"
        role="note"
        actions={
          <Button isPending={remove.isPending} onPress={() => remove.mutate()}>
            <Say id="uploads.removeLeftovers" />
          </Button>
        }
      >
        <p>
          <Say id="uploads.leftovers" values={{ count }} />
        </p>
      </Notice>
      {remove.error && <ErrorNotice error={remove.error} task="leftovers" />}
    </>
  );
}
