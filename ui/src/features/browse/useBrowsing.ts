// Looking into places, as one: where the person is, what is there, how it is looked at, what of it is chosen.
import { useRef } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { Place } from "../../ipc/bindings";
import type { ListHandle } from "./FileTable";
import { useFolder } from "./useFolder";
import { useFresh } from "./useFresh";
import { useLooking } from "./useLooking";
import { usePlaceHistory } from "./usePlaceHistory";
import { useSelection } from "./useSelection";

export function useBrowsing(profile: ProfileId, start: Place | null) {
  const history = usePlaceHistory(profile, start);
  const looking = useLooking(history.place);
  const folder = useFolder(profile, history.place, looking);
  useFresh(folder);
  const selection = useSelection(folder, history);
  const searchField = useRef<HTMLInputElement>(null);
  const list = useRef<ListHandle>(null);
  return {
    ...{ history, place: history.place, looking, folder, selection, searchField, list },
    beginSearch: () => {
      searchField.current?.focus();
      searchField.current?.select();
    },
    /** False where there is none. */
    leaveSearch: () => {
      looking.endSearch();
      return looking.search !== "";
    },
  };
}
