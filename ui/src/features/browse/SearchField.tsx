// The search in the open folder: what is typed filters at once. Beside it, once there is something to search for, where
// to look.
import { Search, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useRef } from "react";
import {
  Input,
  Button as PlainButton,
  SearchField as PlainSearchField,
} from "react-aria-components";
import { Segments } from "../../components/Segments";
import { isComposing } from "../../i18n/platform";
import { useSay } from "../../i18n/say";
import type { ListHandle } from "./FileTable";
import styles from "./SearchField.module.css";
import type { Looking } from "./useLooking";

interface Props {
  looking: Looking;
  isDisabled: boolean;
  ref: RefObject<HTMLInputElement | null>;
  list: RefObject<ListHandle | null>;
}

export function SearchField({ looking, isDisabled, ref, list }: Props) {
  const say = useSay();
  const frame = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      looking.endSearch();
      list.current?.enter(false);
    }
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      list.current?.enter(true);
    }
  };
  return (
    <PlainSearchField
      ref={frame}
      aria-label={say("search.label")}
      className={styles.field ?? ""}
      value={looking.search}
      onChange={looking.setSearch}
      isDisabled={isDisabled}
    >
      <Search aria-hidden="true" className={styles.icon} />
      <Input
        ref={ref}
        className={styles.input ?? ""}
        placeholder={say("search.label")}
        spellCheck="false"
        autoComplete="off"
        onKeyDownCapture={onKeyDown}
      />
      {looking.search !== "" && (
        <PlainButton
          slot={null}
          className={styles.end ?? ""}
          aria-label={say("search.end")}
          onPress={() => {
            looking.endSearch();
            ref.current?.focus();
          }}
        >
          <X aria-hidden="true" />
        </PlainButton>
      )}
    </PlainSearchField>
  );
}

/** Where to look: here, or in all folders below as well. */
export function SearchScope({ looking }: { looking: Looking }) {
  const say = useSay();
  return (
    <div className={styles.scope}>
      <Segments
        label={say("search.scope")}
        value={looking.isBelow ? "below" : "here"}
        choices={[
          { value: "here", label: say("search.here") },
          { value: "below", label: say("search.below") },
        ]}
        onChange={(value) => looking.setBelow(value === "below")}
      />
    </div>
  );
}
