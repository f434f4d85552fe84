// Why a way in did not open; where only caution forbade it, the person may insist, and where it leads through an
// organisation, they can sign in there.
import { Button } from "../../components/Button";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say } from "../../i18n/say";
import type { AppError } from "../../ipc/bindings";

interface Props {
  error: AppError;
  onInsist: () => void;
  onSignIn?: (() => void) | null;
}

export function Refused({ error, onInsist, onSignIn }: Props) {
  const mayHelp = error.code === "credentialsEnded" || error.code === "credentialsMissing";
  const action =
    error.code === "endpointInsecure" ? (
      <Button onPress={onInsist}>
        <Say id="connect.insist" />
      </Button>
    ) : mayHelp && onSignIn ? (
      <Button look="primary" onPress={onSignIn}>
        <Say id="connect.signIn" />
      </Button>
    ) : undefined;
  return <ErrorNotice error={error} task="connect" actions={action} />;
}
