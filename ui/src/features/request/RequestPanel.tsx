// Asking somebody outside for files: what it is called, until when, how large, and what came of it. It takes the
// place of the link panel until it is closed.
import { X } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button, IconButton } from "../../components/Button";
import { Field } from "../../components/Field";
import { Panel } from "../../components/Panel";
import { Segments } from "../../components/Segments";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { isolated, placeName } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Expiry, Place } from "../../ipc/bindings";
import { useCopyUploadLink } from "../../queries/request";
import { RequestOutcome } from "./RequestOutcome";
import styles from "./RequestPanel.module.css";

interface Props {
  profile: ProfileId;
  place: Place;
  expiry: Expiry;
  /** The choice of the end, and the end that comes of it. */
  endField: ReactNode;
  onClose: () => void;
  onOpen: (place: Place) => void;
}

const SIZES = [100_000_000, 1_000_000_000, 5_000_000_000];

export function RequestPanel({ profile, place, expiry, endField, onClose, onOpen }: Props) {
  const say = useSay();
  const formats = useFormats();
  const [title, setTitle] = useState(say("request.titleUsual"));
  const [maxBytes, setMaxBytes] = useState(1_000_000_000);
  const { mutate, reset, ...copying } = useCopyUploadLink();
  const isTitled = title.trim() !== "" && !/[/\\]/.test(title);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another request is the reason to forget
  useEffect(() => reset, [title, maxBytes, expiry, reset]);
  useEscape(onClose);
  return (
    <Panel label={say("request.panel")}>
      <header className={styles.head}>
        <h2>
          <Say id="request.heading" />
        </h2>
        <IconButton label={say("request.close")} onPress={onClose}>
          <X aria-hidden="true" />
        </IconButton>
      </header>
      <p className={styles.body}>
        <Say id="request.body" values={{ name: isolated(placeName(place)) }} />
      </p>
      <Field
        label={say("request.title")}
        hint={say("request.titleHint")}
        value={title}
        onChange={setTitle}
        error={isTitled ? null : say("request.titleEmpty")}
        autoFocus
      />
      {endField}
      <Segments
        label={say("request.largest")}
        value={String(maxBytes)}
        choices={SIZES.map((size) => ({ value: String(size), label: formats.size(size) }))}
        onChange={(size) => setMaxBytes(Number(size))}
      />
      <Button
        look="big"
        isDisabled={!isTitled}
        isPending={copying.isPending}
        onPress={() => mutate({ profile, place, title: title.trim(), expiry, maxBytes })}
      >
        <Say id={copying.isPending ? "request.copying" : "request.copy"} />
      </Button>
      <RequestOutcome link={copying.data} onOpen={onOpen} />
      {copying.error && <ErrorNotice error={copying.error} task="request" />}
    </Panel>
  );
}

function useEscape(onEscape: () => void) {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => event.key === "Escape" && onEscape();
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [onEscape]);
}
