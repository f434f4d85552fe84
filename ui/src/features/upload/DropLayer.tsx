// What happens when the files that are held over the window are let go: said before it happens.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormats } from "../../i18n/format";
import { placeName, visible } from "../../i18n/names";
import { Say } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Expiry, Place } from "../../ipc/bindings";
import { useBackend, useHeldFiles } from "../../ipc/context";
import { linkEndQuery } from "../../queries/share";
import styles from "./DropLayer.module.css";

interface Target {
  profile: ProfileId;
  place: Place | null;
  expiry: Expiry;
  /** IT wants uploads there, wherever the person is. */
  isGiven: boolean;
}

/** `target` is null before the person has signed in. */
export function DropLayer({ target }: { target: Target | null }) {
  const held = useHeldFiles();
  if (held === null) return null;
  return (
    <div className={styles.scrim} data-drop-layer>
      <div className={styles.layer} role="status">
        {target === null ? (
          <Sentence heading={<Say id="drop.notIn" />} body={<Say id="drop.notInBody" />} />
        ) : target.place === null ? (
          <Sentence heading={<Say id="drop.noPlace" />} body={<Say id="drop.noPlaceBody" />} />
        ) : (
          <Into {...target} place={target.place} count={held.length} />
        )}
      </div>
    </div>
  );
}

function Sentence({ heading, body }: { heading: ReactNode; body: ReactNode }) {
  return (
    <div>
      <h2 className={styles.heading}>{heading}</h2>
      <p className={styles.body}>{body}</p>
    </div>
  );
}

function Into({
  profile,
  place,
  expiry,
  isGiven,
  count,
}: Target & { place: Place; count: number }) {
  const formats = useFormats();
  const { data: end } = useQuery(linkEndQuery(useBackend(), profile, expiry));
  const name = <bdi>{visible(placeName(place))}</bdi>;
  return (
    <Sentence
      heading={<Say id="drop.into" values={{ count, name }} />}
      body={
        <>
          {isGiven && (
            <>
              <Say id="drop.given" />
              <br />
            </>
          )}
          <Say id="drop.body" values={{ count }} />
          <br />
          {end && <Say id="drop.until" values={{ count, moment: formats.moment(end.expiresAt) }} />}
        </>
      }
    />
  );
}
