// The line under the list while nothing is on its way.
import { isolated, placeName } from "../../i18n/names";
import { Say } from "../../i18n/say";
import type { Place } from "../../ipc/bindings";
import type { Folder } from "./useFolder";

interface Props {
  folder: Folder;
  /** Where IT wants uploads. */
  uploadTo: Place | null;
}

export function Foot({ folder, uploadTo }: Props) {
  if (folder.isLoading || folder.error) return null;
  const count = folder.entries.length;
  const values = { count, elsewhere: String(uploadTo !== null), name: nameOf(uploadTo) };
  return <Say id={folder.hasMore ? "browse.footMore" : "browse.foot"} values={values} />;
}

const nameOf = (place: Place | null) => isolated(place === null ? "" : placeName(place));
