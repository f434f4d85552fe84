// Why a way in did not open; where only caution forbade it, the person may insist.
import { Button } from "../../components/Button";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say } from "../../i18n/say";
import type { AppError } from "../../ipc/bindings";

export function Refused({ error, onInsist }: { error: AppError; onInsist: () => void }) {
  const insist = error.code === "endpointInsecure" && (
    <Button onPress={onInsist}>
      <Say id="connect.insist" />
    </Button>
  );
  return <ErrorNotice error={error} task="connect" actions={insist || undefined} />;
}
