// While the person signs in with a browser, here or on another computer. This goes on by itself.
import { LoaderCircle } from "lucide-react";
import { Button } from "../../components/Button";
import { TakeAway } from "../../components/Field";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useFormats } from "../../i18n/format";
import { Say, useSay } from "../../i18n/say";
import type { Invitation } from "../../ipc/bindings";
import { CopyText } from "./CopyText";
import { Frame } from "./Frame";
import styles from "./form.module.css";
import type { Entrance } from "./useEntrance";
import type { SigningIn } from "./useSignIn";

export function Waiting({ entrance: { signingIn, turnTo } }: { entrance: Entrance }) {
  return (
    <Frame heading={<Say id="organisation.waiting" />}>
      <SignInProgress signingIn={signingIn} onCancel={() => turnTo({ kind: "ways" })} />
    </Frame>
  );
}

interface Props {
  signingIn: SigningIn;
  onCancel: () => void;
}

/** Also stands above the list, when somebody signs in again. */
export function SignInProgress({ signingIn, onCancel }: Props) {
  const { invitation, how, error, restart } = signingIn;
  if (error)
    return (
      <>
        <ErrorNotice error={error} task="signIn" />
        <div className={styles.actions}>
          <Button look="primary" onPress={() => restart()}>
            <Say id="organisation.again" />
          </Button>
          {how === "browser" && <Other how="device" restart={restart} />}
          <Cancel onCancel={onCancel} />
        </div>
      </>
    );
  return (
    <div className={styles.form}>
      <p className={styles.waiting} role="status">
        <LoaderCircle aria-hidden="true" />
        <span>
          <Say id={sentence(invitation)} />
        </span>
      </p>
      {invitation && <Where invitation={invitation} />}
      <div className={styles.actions}>
        <Other how={how === "browser" ? "device" : "browser"} restart={restart} />
        <Cancel onCancel={onCancel} />
      </div>
    </div>
  );
}

function sentence(invitation: Invitation | null) {
  if (invitation === null) return "organisation.starting";
  if (invitation.code !== null) return "organisation.byDevice";
  return invitation.opened ? "organisation.opened" : "organisation.byAddress";
}

function Other({ how, restart }: { how: SigningIn["how"]; restart: SigningIn["restart"] }) {
  return (
    <Button onPress={() => restart(how)}>
      <Say id={how === "device" ? "organisation.elsewhere" : "organisation.here"} />
    </Button>
  );
}

function Cancel({ onCancel }: { onCancel: () => void }) {
  return (
    <Button look="quiet" onPress={onCancel}>
      <Say id="organisation.cancel" />
    </Button>
  );
}

function Where({ invitation: { url, code, opened, endsAt } }: { invitation: Invitation }) {
  const say = useSay();
  const formats = useFormats();
  if (opened && code === null) return null;
  return (
    <>
      {code !== null && (
        <div className={styles.take}>
          <p className={styles.code}>
            <small>{say("organisation.code")}</small> {code}
          </p>
          <CopyText text={code} label="organisation.copyCode" />
        </div>
      )}
      <div className={styles.take}>
        <TakeAway label={say("organisation.address")} value={url} />
        <CopyText text={url} label="organisation.copyAddress" />
      </div>
      <p className={styles.quiet}>
        <Say id="organisation.until" values={{ time: formats.time(endsAt) }} />
      </p>
    </>
  );
}
