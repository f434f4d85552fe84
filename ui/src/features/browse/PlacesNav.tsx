// The places of the sidebar: buckets that the profile may see or that the person added.
import { useQuery } from "@tanstack/react-query";
import { Archive, X } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { IconButton } from "../../components/Button";
import { Monogram } from "../../components/Monogram";
import { Name } from "../../components/Name";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { initials, isolated, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Bucket, Place } from "../../ipc/bindings";
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
  const buckets = places.data?.buckets ?? [];
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
      {places.isSuccess && buckets.length === 0 && (
        <p className={styles.quiet}>
          <Say id="places.none" />
        </p>
      )}
      <ul className={styles.list}>
        {buckets.map((bucket) => (
          <PlaceItem
            key={bucket.name}
            bucket={bucket}
            profile={profile}
            isOpen={bucket.name === place?.bucket}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <AddPlace profile={profile} onAdded={onOpen} />
    </nav>
  );
}

interface ItemProps {
  bucket: Bucket;
  profile: ProfileId;
  isOpen: boolean;
  onOpen: (place: Place) => void;
}

function PlaceItem({ bucket, profile, isOpen, onOpen }: ItemProps) {
  const say = useSay();
  const remove = useRemovePlace(profile);
  const name = visible(bucket.name);
  return (
    <li className={styles.item} data-open={isOpen || undefined}>
      <PlainButton
        className={styles.place ?? ""}
        aria-current={isOpen ? "page" : undefined}
        onPress={() => onOpen({ bucket: bucket.name, prefix: "" })}
      >
        <Archive aria-hidden="true" className={styles.icon} />
        <span className={styles.tile}>
          <Monogram letters={initials(bucket.name)} look="soft" />
        </span>
        <span className={styles.name}>
          <Name>{name}</Name>
        </span>
      </PlainButton>
      {bucket.added && (
        <span className={styles.remove}>
          <IconButton
            label={say("places.remove", { name: isolated(bucket.name) })}
            isPending={remove.isPending}
            onPress={() => remove.mutate(bucket.name)}
          >
            <X aria-hidden="true" />
          </IconButton>
        </span>
      )}
      {remove.error && <ErrorNotice error={remove.error} task="removePlace" />}
    </li>
  );
}
