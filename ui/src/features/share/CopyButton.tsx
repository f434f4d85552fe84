// The big button. When something other than the choice sets the end, the end is on the button.
import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { Button } from "../../components/Button";
import { useFormats } from "../../i18n/format";
import { Say } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Expiry } from "../../ipc/bindings";
import { useBackend, useClock } from "../../ipc/context";
import { linkEndQuery } from "../../queries/share";
import type { Sharing } from "./useSharing";

interface Props {
  ref: RefObject<HTMLButtonElement | null>;
  profile: ProfileId;
  expiry: Expiry;
  sharing: Sharing;
}

export function CopyButton({ ref, profile, expiry, sharing }: Props) {
  const formats = useFormats();
  const now = useClock()();
  const { data: end } = useQuery(linkEndQuery(useBackend(), profile, expiry));
  const isLimited = end !== undefined && end.limitedBy !== "chosen";
  return (
    <Button ref={ref} look="big" isPending={sharing.isCopying} onPress={sharing.copy}>
      {sharing.isCopying ? (
        <Say id="link.copying" />
      ) : isLimited ? (
        <Say id="link.copyUntil" values={{ time: formats.brief(end.expiresAt, now) }} />
      ) : (
        <Say id="link.copy" />
      )}
    </Button>
  );
}
