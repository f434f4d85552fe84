// Keeps the open folder among the places, or no longer. What IT or the storage names is there anyway.
import { useQuery } from "@tanstack/react-query";
import { Pin, PinOff } from "lucide-react";
import { IconButton } from "../../components/Button";
import { useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { placesQuery, usePinPlace, useRemovePlace } from "../../queries/browse";
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
  const known = places.data?.places.find((one) => samePlace(one.place, place));
  if (!places.data || (known && known.origin !== "added")) return null;
  if (known)
    return (
      <IconButton
        label={say("browse.unpin")}
        isPending={remove.isPending}
        onPress={() => remove.mutate(place)}
      >
        <PinOff aria-hidden="true" />
      </IconButton>
    );
  return (
    <IconButton
      label={say("browse.pin")}
      isPending={pin.isPending}
      onPress={() => pin.mutate(place)}
    >
      <Pin aria-hidden="true" />
    </IconButton>
  );
}
