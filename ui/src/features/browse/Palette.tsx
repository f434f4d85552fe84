// Going anywhere by typing: a place, a folder that was open lately, or an address in any form that S3 has.
import { useQuery } from "@tanstack/react-query";
import { Archive, Clock, CornerDownRight } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
} from "react-aria-components";
import { Name } from "../../components/Name";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { placeName, visible } from "../../i18n/names";
import { isComposing } from "../../i18n/platform";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { Destination, Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { placesQuery, recentsQuery, useDestination } from "../../queries/browse";
import { samePlace } from "./history";
import styles from "./Palette.module.css";

interface Props {
  profile: ProfileId;
  onGo: (to: Destination) => void;
  onClose: () => void;
}

export function Palette({ onClose, ...props }: Props) {
  const say = useSay();
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className={styles.veil ?? ""}
      onOpenChange={(isOpen) => !isOpen && onClose()}
    >
      <Modal className={styles.modal ?? ""}>
        <Dialog aria-label={say("palette.label")} className={styles.dialog ?? ""}>
          <Choices {...props} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Choices({ profile, onGo, onClose }: Props) {
  const say = useSay();
  const [typed, setTyped] = useState("");
  const { places, recents } = useKnown(profile, typed);
  const destination = useDestination(profile);
  const address = typed.trim();
  const go = (to: Destination) => {
    onGo(to);
    onClose();
  };
  const act = (key: string | number) => {
    if (key === ADDRESS) return destination.mutate(address, { onSuccess: go });
    const place = [...places, ...recents].find((one) => keyOf(one) === key);
    if (place) go({ place, key: null });
  };
  // After typing, the first choice has the focus, and Enter means it; after pasting and deleting none has.
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return event.stopPropagation();
    const hasFocused = event.currentTarget.hasAttribute("aria-activedescendant");
    if (event.key !== "Enter" || address === "" || hasFocused) return;
    event.preventDefault();
    event.stopPropagation();
    const [first] = [...places, ...recents];
    act(first ? keyOf(first) : ADDRESS);
  };
  return (
    <Autocomplete
      inputValue={typed}
      onInputChange={(text) => {
        setTyped(text);
        destination.reset();
      }}
    >
      <TextField aria-label={say("palette.field")} autoFocus>
        <Input
          className={styles.input ?? ""}
          placeholder={say("palette.field")}
          spellCheck="false"
          autoComplete="off"
          onKeyDownCapture={onKeyDown}
        />
      </TextField>
      <ListBox
        aria-label={say("palette.choices")}
        className={styles.list ?? ""}
        onAction={act}
        dependencies={[destination.isPending]}
        renderEmptyState={() => (
          <p className={styles.empty}>
            <Say id="palette.nothing" />
          </p>
        )}
      >
        <Group label={say("places.heading")} places={places} Picture={Archive} />
        <Group label={say("palette.recent")} places={recents} Picture={Clock} />
        {address !== "" && (
          <ListBoxItem id={ADDRESS} textValue={address} className={styles.item ?? ""}>
            <CornerDownRight aria-hidden="true" className={styles.icon} />
            <span className={styles.words}>
              <Say
                id={destination.isPending ? "palette.going" : "palette.go"}
                values={{ address: <Name>{visible(address)}</Name> }}
              />
            </span>
          </ListBoxItem>
        )}
      </ListBox>
      {destination.error && (
        <div className={styles.trouble}>
          <ErrorNotice error={destination.error} task="go" />
        </div>
      )}
    </Autocomplete>
  );
}

const ADDRESS = "address";
const keyOf = ({ bucket, prefix }: Place) => `${bucket}/${prefix}`;

/** Places and recent folders that hold every word of what was typed. */
function useKnown(profile: ProfileId, typed: string) {
  const backend = useBackend();
  const known = useQuery(placesQuery(backend, profile));
  const lately = useQuery(recentsQuery(backend, profile));
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const suits = (place: Place) => {
    const address = keyOf(place).toLowerCase();
    return words.every((word) => address.includes(word));
  };
  const places = (known.data?.places ?? []).map(({ place }) => place).filter(suits);
  const isNew = (place: Place) => !places.some((one) => samePlace(one, place));
  return { places, recents: (lately.data ?? []).filter(suits).filter(isNew) };
}

interface GroupProps {
  label: string;
  places: readonly Place[];
  Picture: typeof Archive;
}

function Group({ label, places, Picture }: GroupProps) {
  if (places.length === 0) return null;
  return (
    <ListBoxSection className={styles.group ?? ""}>
      <Header className={styles.heading ?? ""}>{label}</Header>
      {places.map((place) => (
        <ListBoxItem
          key={keyOf(place)}
          id={keyOf(place)}
          textValue={visible(keyOf(place))}
          className={styles.item ?? ""}
        >
          <Picture aria-hidden="true" className={styles.icon} />
          <span className={styles.words}>
            <Name>{visible(placeName(place))}</Name>
          </span>
          {place.prefix !== "" && (
            <span className={styles.where}>
              <Name>{visible(keyOf(place))}</Name>
            </span>
          )}
        </ListBoxItem>
      ))}
    </ListBoxSection>
  );
}
