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

interface Props {
  ref: RefObject<HTMLButtonElement | null>;
  profile: ProfileId;
  expiry: Expiry;
  isCopying: boolean;
  onCopy: () => void;
}

export function CopyButton({ ref, profile, expiry, isCopying, onCopy }: Props) {
  const formats = useFormats();
  const now = useClock()();
  const { data: end } = useQuery(linkEndQuery(useBackend(), profile, expiry));
  const isLimited = end !== undefined && end.limitedBy !== "chosen";
  return (
    <Button ref={ref} look="big" isPending={isCopying} onPress={onCopy}>
      {isCopying ? (
        <Say id="link.copying" />
      ) : isLimited ? (
        <Say id="link.copyUntil" values={{ time: formats.brief(end.expiresAt, now) }} />
      ) : (
        <Say id="link.copy" />
      )}
    </Button>
  );
}
