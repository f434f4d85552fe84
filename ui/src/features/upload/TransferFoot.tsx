// What is on its way, in one line however much it is: how far, how much longer, and the way to the rest.
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { Name } from "../../components/Name";
import { Progress } from "../../components/Progress";
import { useFormats } from "../../i18n/format";
import { Say, useSay } from "../../i18n/say";
import type { Transfer } from "../../ipc/bindings";
import { usePaces } from "../../ipc/context";
import { useChangeTransfer } from "../../queries/upload";
import { shareOf, useWaitingWords } from "./share";
import styles from "./TransferFoot.module.css";
import { useTitle } from "./titles";

interface Props {
  underWay: readonly Transfer[];
  paused: number;
  onShow: () => void;
}

export function TransferFoot({ underWay, paused, onShow }: Props) {
  const [only, another] = underWay;
  return (
    <div className={styles.line}>
      {only === undefined ? (
        <span className={styles.words}>
          <Say id="upload.paused" values={{ count: paused }} />
        </span>
      ) : another === undefined ? (
        <One transfer={only} />
      ) : (
        <Several transfers={underWay} />
      )}
      <Button look="quiet" onPress={onShow}>
        <Say id="upload.show" />
      </Button>
      {only !== undefined && another === undefined && <Cancel key={only.id} transfer={only} />}
    </div>
  );
}

function One({ transfer }: { transfer: Transfer }) {
  const say = useSay();
  const title = useTitle()(transfer);
  const isMany = transfer.files > 1;
  const name = isMany && transfer.currentName ? transfer.currentName : title;
  const count = isMany && transfer.currentName !== null && (
    <Say id="upload.several" values={{ done: transfer.filesDone, count: transfer.files }} />
  );
  return (
    <Line
      transfers={[transfer]}
      name={name}
      count={count}
      label={say("upload.progress", { name })}
    />
  );
}

function Several({ transfers }: { transfers: readonly Transfer[] }) {
  const say = useSay();
  const name = say("upload.uploads", { count: transfers.length });
  return <Line transfers={transfers} name={name} label={say("upload.progress", { name })} />;
}

interface LineProps {
  transfers: readonly Transfer[];
  name: string;
  count?: ReactNode;
  label: string;
}

function Line({ transfers, name, count, label }: LineProps) {
  const formats = useFormats();
  const share = shareOf(transfers);
  const percent = formats.percent(share);
  return (
    <>
      <span className={styles.what}>
        <Name>{name}</Name>
        {count && <span className={styles.count}>{count}</span>}
      </span>
      <Progress label={label} share={share} valueLabel={percent} />
      <span className={styles.figures}>
        <Figures transfers={transfers} percent={percent} />
      </span>
    </>
  );
}

function Figures({ transfers, percent }: Pick<LineProps, "transfers"> & { percent: string }) {
  const formats = useFormats();
  const paces = usePaces();
  const waitingWords = useWaitingWords();
  const [first] = transfers;
  const isAll = (state: Transfer["state"]) => transfers.every((one) => one.state === state);
  if (first && isAll("waiting")) return waitingWords(first);
  if (isAll("linking"))
    return (
      <Say id="upload.linking" values={{ count: transfers.length + (first?.files ?? 1) - 1 }} />
    );
  const left = transfers.map(({ id }) => paces.get(id)?.secondsLeft);
  const known = left.filter((seconds) => seconds !== undefined);
  if (known.length < left.length) return percent;
  return (
    <Say id="upload.status" values={{ percent, left: formats.remaining(Math.max(...known)) }} />
  );
}

function Cancel({ transfer }: { transfer: Transfer }) {
  const change = useChangeTransfer(transfer.id);
  return (
    <Button look="quiet" isPending={change.isPending} onPress={() => change.mutate("cancel")}>
      <Say id="upload.cancel" />
    </Button>
  );
}
