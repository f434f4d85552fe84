// Who the person is signed in as, until when, and the way to another sign-in.
import { ChevronsUpDown } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { Monogram } from "../../components/Monogram";
import { Name } from "../../components/Name";
import { useFormats } from "../../i18n/format";
import { initials } from "../../i18n/names";
import { useProfileName } from "../../i18n/profiles";
import { Say, useSay } from "../../i18n/say";
import type { Connection } from "../../ipc/bindings";
import styles from "./AccountCard.module.css";

interface Props {
  connection: Connection;
  /** In milliseconds. */
  now: number;
  onSwitch: () => void;
}

export function AccountCard({ connection, now, onSwitch }: Props) {
  const say = useSay();
  const name = useProfileName(connection.profile);
  return (
    <PlainButton className={styles.card ?? ""} onPress={onSwitch}>
      <Monogram letters={initials(name, 1)} look="solid" />
      <span className={styles.words}>
        <b>
          <Name>{name}</Name>
        </b>{" "}
        <small>
          <SignedIn connection={connection} now={now} />
        </small>
      </span>{" "}
      <span className={styles.switch} title={say("account.switch")}>
        <ChevronsUpDown aria-hidden="true" />
        <span className={styles.said}>
          <Say id="account.switch" />
        </span>
      </span>
    </PlainButton>
  );
}

function SignedIn({ connection, now }: { connection: Connection; now: number }) {
  const formats = useFormats();
  const { profile, credentialsEnd } = connection;
  if (profile.kind === "practice") return <Say id="account.practice" />;
  if (credentialsEnd.kind !== "at") return <Say id="account.signedIn" />;
  if (credentialsEnd.at * 1000 <= now)
    return (
      <span className={styles.ended}>
        <Say id="account.ended" />
      </span>
    );
  return <Say id="account.until" values={{ time: formats.brief(credentialsEnd.at, now) }} />;
}
