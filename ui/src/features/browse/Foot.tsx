// The line under the list while nothing is on its way.
import { Say } from "../../i18n/say";
import type { Folder } from "./useFolder";

export function Foot({ folder }: { folder: Folder }) {
  if (folder.isLoading || folder.error) return null;
  const count = folder.entries.length;
  return <Say id={folder.hasMore ? "browse.footMore" : "browse.foot"} values={{ count }} />;
}
