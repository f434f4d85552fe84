// Keeps the open folder among the places, or no longer. What IT or the storage names is there anyway.
import { useQuery } from "@tanstack/react-query";
import { Pin, PinOff } from "lucide-react";
import { useRef } from "react";
import { Dialog, Popover } from "react-aria-components";
import { IconButton } from "../../components/Button";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { placesQuery, usePinPlace, useRemovePlace } from "../../queries/browse";
import styles from "./Header.module.css";
import { samePlace } from "./history";

interface Props {
  profile: ProfileId;
  place: Place;
}

export function PinButton({ profile, place }: Props) {
  const say = useSay();
  const places = useQuery(placesQuery(useBackend(), profile));
  const pin = usePinPlace(profile);
  const remove = useRemovePlace(profile);
  const frame = useRef<HTMLSpanElement>(null);
  const known = places.data?.places.find((one) => samePlace(one.place, place));
  if (!places.data || (known && known.origin !== "added")) return null;
  const { isPending, error, mutate, reset } = known ? remove : pin;
  const label = say(known ? "browse.unpin" : "browse.pin");
  const Picture = known ? PinOff : Pin;
  return (
    <span ref={frame}>
      <IconButton label={label} isPending={isPending} onPress={() => mutate(place)}>
        <Picture aria-hidden="true" />
      </IconButton>
      <Popover
        isOpen={error !== null}
        triggerRef={frame}
        placement="bottom end"
        className={styles.reason ?? ""}
        onOpenChange={(isOpen) => !isOpen && reset()}
      >
        <Dialog aria-label={label} className={styles.words ?? ""}>
          {error && <ErrorNotice error={error} task={known ? "removePlace" : "addPlace"} />}
        </Dialog>
      </Popover>
    </span>
  );
}
