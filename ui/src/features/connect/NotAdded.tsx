// Why a connection was not added. Where only the keyring refused, it can be used without being kept; where only caution
// forbade it, the person may insist.
import { Button } from "../../components/Button";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say } from "../../i18n/say";
import type { AppError } from "../../ipc/bindings";
import type { ErrorCode } from "../../ipc/errors";

const NOT_KEPT: readonly ErrorCode[] = [
  "keyringLocked",
  "keyringMissing",
  "keyringRefused",
  "tooLongToKeep",
];

interface Props {
  error: AppError;
  onSessionOnly: () => void;
  onInsist?: () => void;
}

export function NotAdded({ error, onSessionOnly, onInsist }: Props) {
  const action = NOT_KEPT.includes(error.code) ? (
    <Button onPress={onSessionOnly}>
      <Say id="connect.sessionOnly" />
    </Button>
  ) : error.code === "endpointInsecure" && onInsist ? (
    <Button onPress={onInsist}>
      <Say id="connect.insist" />
    </Button>
  ) : undefined;
  return (
    <div ref={intoView}>
      <ErrorNotice error={error} task="addConnection" actions={action} />
    </div>
  );
}

/** The form is long, and the notice would push the button out of the window. */
const intoView = (notice: HTMLElement | null) => notice?.scrollIntoView?.({ block: "center" });
