// The places of the sidebar: those that IT gave, those that the profile may see, those that the person added.
import { useQuery } from "@tanstack/react-query";
import { Archive, FolderHeart, Star, X } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { IconButton } from "../../components/Button";
import { Monogram } from "../../components/Monogram";
import { Name } from "../../components/Name";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { initials, isolated, placeName, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { KnownPlace, Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { placesQuery, useRemovePlace } from "../../queries/browse";
import { AddPlace } from "./AddPlace";
import styles from "./PlacesNav.module.css";

interface Props {
  profile: ProfileId;
  place: Place | null;
  onOpen: (place: Place) => void;
}

export function PlacesNav({ profile, place, onOpen }: Props) {
  const places = useQuery(placesQuery(useBackend(), profile));
  const known = places.data?.places ?? [];
  const open = openOf(known, place);
  return (
    <nav className={styles.nav} aria-labelledby="places">
      <h2 className={styles.heading} id="places">
        <Say id="places.heading" />
      </h2>
      {places.isPending && (
        <p className={styles.quiet} role="status">
          <Say id="places.loading" />
        </p>
      )}
      {places.error && (
        <div className={styles.trouble}>
          <ErrorNotice error={places.error} task="places" tone="plain" />
        </div>
      )}
      {places.isSuccess && known.length === 0 && (
        <p className={styles.quiet}>
          <Say id="places.none" />
        </p>
      )}
      <ul className={styles.list}>
        {known.map((one) => (
          <PlaceItem
            key={`${one.place.bucket}/${one.place.prefix}`}
            known={one}
            profile={profile}
            isOpen={one === open}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <AddPlace profile={profile} onAdded={onOpen} />
    </nav>
  );
}

/** The one that holds the open folder most closely: a folder given by IT lies in a bucket that may be listed, too. */
function openOf(known: readonly KnownPlace[], open: Place | null): KnownPlace | null {
  const holding = known.filter(
    ({ place }) => place.bucket === open?.bucket && open.prefix.startsWith(place.prefix),
  );
  return holding.toSorted((a, b) => b.place.prefix.length - a.place.prefix.length)[0] ?? null;
}

interface ItemProps {
  known: KnownPlace;
  profile: ProfileId;
  isOpen: boolean;
  onOpen: (place: Place) => void;
}

function PlaceItem({ known: { place, origin }, profile, isOpen, onOpen }: ItemProps) {
  const say = useSay();
  const remove = useRemovePlace(profile);
  const name = placeName(place);
  const Picture = origin === "given" ? Star : place.prefix === "" ? Archive : FolderHeart;
  return (
    <li className={styles.item} data-open={isOpen || undefined}>
      <PlainButton
        className={styles.place ?? ""}
        aria-current={isOpen ? "page" : undefined}
        onPress={() => onOpen(place)}
      >
        <Picture aria-hidden="true" className={styles.icon} />
        <span className={styles.tile}>
          <Monogram letters={initials(name)} look="soft" />
        </span>
        <span className={styles.name}>
          <Name>{visible(name)}</Name>
        </span>{" "}
        {origin === "given" && (
          <span className={styles.said}>
            <Say id="places.given" />
          </span>
        )}
      </PlainButton>
      {origin === "added" && (
        <span className={styles.remove}>
          <IconButton
            label={say("places.remove", { name: isolated(name) })}
            isPending={remove.isPending}
            onPress={() => remove.mutate(place)}
          >
            <X aria-hidden="true" />
          </IconButton>
        </span>
      )}
      {remove.error && <ErrorNotice error={remove.error} task="removePlace" />}
    </li>
  );
}
