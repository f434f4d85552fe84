// One transfer: what, where to, how far, what went otherwise, and what can be done about it.
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { Group, Button as PlainButton } from "react-aria-components";
import { FileIcon } from "../../components/FileIcon";
import { Fold } from "../../components/Fold";
import { Name } from "../../components/Name";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { fileKind } from "../../i18n/kinds";
import { isolated, placeName, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Transfer } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { isUnderWay } from "../../ipc/transfers";
import { profilesQuery } from "../../queries/connect";
import { useChangeTransfer } from "../../queries/upload";
import { CopiedAgain, useCopyAgain } from "./CopyAgain";
import { Remarks } from "./Remarks";
import { NotSent, SentFiles } from "./SentFiles";
import { Standing } from "./Standing";
import { nameOf, useTitle } from "./titles";
import { UploadActions } from "./UploadActions";
import styles from "./UploadCard.module.css";

interface Props {
  transfer: Transfer;
  /** In milliseconds. */
  now: number;
  /** Null where the place belongs to another sign-in. */
  onOpen: (() => void) | null;
}

export function UploadCard({ transfer, now, onOpen }: Props) {
  const id = useId();
  const title = useTitle()(transfer);
  const change = useChangeTransfer(transfer.id);
  const copying = useCopyAgain(transfer);
  const name = nameOf(transfer);
  return (
    <Group className={styles.card ?? ""} aria-labelledby={id}>
      <div className={styles.head}>
        <FileIcon kind={name === null ? "folder" : fileKind(name)} />
        <div className={styles.what}>
          <h2 id={id} className={styles.title}>
            <Name>{title}</Name>
          </h2>
          <p className={styles.sub}>
            <Whither transfer={transfer} onOpen={onOpen} />
            <Begun transfer={transfer} now={now} />
          </p>
        </div>
        <UploadActions transfer={transfer} change={change} copying={copying} />
      </div>
      <Standing
        transfer={copying.isCopied ? { ...transfer, handover: "copied" } : transfer}
        title={title}
      />
      {change.error && <ErrorNotice error={change.error} task="transfer" />}
      <CopiedAgain copying={copying} />
      <Remarks transfer={transfer} />
      {isUnderWay(transfer) && !transfer.isKept && (
        <p className={styles.sub}>
          <Say id="uploads.notKept" />
        </p>
      )}
      <NotSent failed={transfer.failed} isQuiet />
      <Arrived transfer={transfer} />
    </Group>
  );
}

function Arrived({ transfer }: { transfer: Transfer }) {
  const say = useSay();
  const { sent } = transfer;
  if (sent.length < 2 || isUnderWay(transfer)) return null;
  return (
    <Fold summary={say("upload.sent")}>
      <SentFiles sent={sent} />
    </Fold>
  );
}

function Whither({ transfer: { place, profile }, onOpen }: Pick<Props, "transfer" | "onOpen">) {
  const say = useSay();
  const name = placeName(place);
  if (onOpen === null) return <Elsewhere name={name} profile={profile} />;
  return (
    <PlainButton
      className={styles.place ?? ""}
      onPress={onOpen}
      aria-label={say("uploads.open", { name: isolated(name) })}
    >
      <Say id="uploads.to" values={{ name: <bdi>{visible(name)}</bdi> }} />
    </PlainButton>
  );
}

/** Goes on for another connection than the one that is open. */
function Elsewhere({ name, profile }: { name: string; profile: ProfileId }) {
  const { data = [] } = useQuery(profilesQuery(useBackend()));
  const whose = data.find(({ id }) => id === profile);
  const place = isolated(name);
  if (!whose) return <Say id="uploads.to" values={{ name: place }} />;
  return <Say id="uploads.toOf" values={{ name: place, profile: isolated(whose.name) }} />;
}

function Begun({ transfer, now }: Pick<Props, "transfer" | "now">) {
  const when = useFormats().changed(transfer.startedAt, now);
  return (
    <span className={styles.when}>
      <Say id="uploads.begun" values={{ when }} />
    </span>
  );
}
