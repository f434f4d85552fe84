// What IT allows, one line each.
import { useFormats } from "../../i18n/format";
import { isolated, placeName, visible } from "../../i18n/names";
import { Say } from "../../i18n/say";
import type { Limits, Place } from "../../ipc/bindings";

const pathOf = ({ bucket, prefix }: Place) =>
  visible([bucket, ...prefix.split("/").filter(Boolean)].join(" › "));

export function PlaceLines({ places }: { places: readonly Place[] }) {
  if (places.length === 0) return <Say id="offer.everywhere" />;
  return (
    <ul>
      {places.map(({ bucket, prefix }) => (
        <li key={`${bucket}/${prefix}`}>
          <bdi>{pathOf({ bucket, prefix })}</bdi>
        </li>
      ))}
    </ul>
  );
}

export function LimitLines({ limits }: { limits: Limits }) {
  const formats = useFormats();
  const { longestSeconds, inline, uploadLinks, uploadTo, places } = limits;
  const isFree =
    longestSeconds === null && inline && uploadLinks && uploadTo === null && places === null;
  if (isFree) return <Say id="offer.noLimits" />;
  return (
    <ul>
      {places !== null && (
        <li>
          <Say id="limits.places" values={{ places: places.map(pathOf).join(", ") || "–" }} />
        </li>
      )}
      {longestSeconds !== null && (
        <li>
          <Say id="limits.longest" values={{ amount: formats.span(longestSeconds) }} />
        </li>
      )}
      {!inline && (
        <li>
          <Say id="limits.download" />
        </li>
      )}
      {!uploadLinks && (
        <li>
          <Say id="limits.noRequests" />
        </li>
      )}
      {uploadTo && (
        <li>
          <Say id="limits.uploadTo" values={{ name: isolated(placeName(uploadTo)) }} />
        </li>
      )}
    </ul>
  );
}
