// Why there is no link, and the button for what would help, where Guestpass can do it itself.
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say } from "../../i18n/say";
import type { AppError } from "../../ipc/bindings";
import type { Sharing } from "./useSharing";

export function FailedLink({ error, sharing }: { error: AppError; sharing: Sharing }) {
  return <ErrorNotice error={error} task="copy" actions={helpFor(error, sharing)} />;
}

function helpFor(error: AppError, sharing: Sharing): ReactNode {
  switch (error.code) {
    case "objectArchived":
      return error.params.comingBack ? null : (
        <Button isPending={sharing.isAskingBack} onPress={sharing.bringBack}>
          <Say id="link.bringBack" />
        </Button>
      );
    case "requesterPays":
      return (
        <Button onPress={sharing.copyAndPay}>
          <Say id="link.pays" />
        </Button>
      );
    case "keyNotLinkable":
      return (
        <Button onPress={sharing.copyAsCopy}>
          <Say id="link.shareCopy" />
        </Button>
      );
    default:
      return null;
  }
}
