// The ways in besides the connections of this computer. What the organisation forbids is not offered, and that is said.
import { Building2, FileDown, KeyRound, type LucideIcon, Sparkles } from "lucide-react";
import { useId } from "react";
import { Button as PlainButton } from "react-aria-components";
import { Say, useSay } from "../../i18n/say";
import type { Policy } from "../../ipc/bindings";
import { useChooseConnectionFile } from "../../queries/waysIn";
import styles from "./OtherWays.module.css";
import { type Entrance, PRACTICE } from "./useEntrance";

interface Props {
  entrance: Entrance;
  policy: Policy;
}

export function OtherWays({ entrance, policy }: Props) {
  const say = useSay();
  const { turnTo, receive } = entrance;
  const choose = useChooseConnectionFile();
  const openFile = () =>
    choose.mutate(undefined, {
      onSuccess: (offer) => offer && receive({ kind: "offered", offer }),
      onError: (error) => receive({ kind: "refused", error }),
    });
  const fileBody = policy.needsSignedFiles ? "connect.file.signedOnly" : "connect.file.body";
  return (
    <section className={styles.others} aria-label={say("connect.others")}>
      <h2>
        <Say id="connect.others" />
      </h2>
      <div className={styles.ways}>
        <Way
          icon={Building2}
          title={say("connect.organisation")}
          body={say("connect.organisation.body")}
          onPress={() => turnTo({ kind: "organisation" })}
        />
        {policy.accessKeys && (
          <Way
            icon={KeyRound}
            title={say("connect.key")}
            body={say("connect.key.body")}
            onPress={() => turnTo({ kind: "key", offer: null })}
          />
        )}
        <Way
          icon={FileDown}
          title={say("connect.file")}
          body={say(fileBody)}
          isPending={choose.isPending}
          onPress={openFile}
        />
        <Practise entrance={entrance} />
      </div>
      {!policy.accessKeys && <Line id="connect.keysForbidden" />}
      {policy.isAudited && <Line id="connect.audited" />}
    </section>
  );
}

function Line({ id }: { id: "connect.keysForbidden" | "connect.audited" }) {
  return (
    <p className={styles.line}>
      <Say id={id} />
    </p>
  );
}

export function Practise({ entrance: { goIn, goingIn } }: { entrance: Entrance }) {
  const say = useSay();
  return (
    <Way
      icon={Sparkles}
      title={say("connect.practise")}
      body={say("connect.practise.body")}
      isPending={goingIn.pending === PRACTICE}
      onPress={() => goIn(PRACTICE)}
    />
  );
}

interface WayProps {
  icon: LucideIcon;
  title: string;
  body: string;
  isPending?: boolean;
  onPress: () => void;
}

function Way({ icon: Icon, title, body, ...props }: WayProps) {
  const id = useId();
  return (
    <PlainButton
      {...props}
      className={styles.way ?? ""}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
    >
      <Icon aria-hidden="true" />
      <span>
        <b id={`${id}-title`}>{title}</b>
        <span id={`${id}-body`} className={styles.body}>
          {body}
        </span>
      </span>
    </PlainButton>
  );
}
