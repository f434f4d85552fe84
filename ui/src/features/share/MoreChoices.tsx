// Choices that few people need, each with a line that says what it means.
import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "../../components/Checkbox";
import { Fold } from "../../components/Fold";
import { useSay } from "../../i18n/say";
import { useBackend } from "../../ipc/context";
import { settingsQuery, useSetPrivateClipboard } from "../../queries/settings";
import type { Opening } from "./useSharing";

interface Props {
  opening: Opening;
  /** Whether what is chosen may carry scripts. */
  isActive: boolean;
  onChange: (change: Partial<Opening>) => void;
}

export function MoreChoices({ opening, isActive, onChange }: Props) {
  const say = useSay();
  const settings = useQuery(settingsQuery(useBackend()));
  const { mutate: setPrivate } = useSetPrivateClipboard();
  return (
    <Fold summary={say("link.more")}>
      <Checkbox
        label={say("link.pinned")}
        hint={say("link.pinned.hint")}
        isSelected={opening.pinned}
        onChange={(pinned) => onChange({ pinned })}
      />
      {isActive && (
        <Checkbox
          label={say("link.showsActive")}
          hint={say("link.showsActive.hint")}
          isSelected={opening.showsActive}
          onChange={(showsActive) =>
            onChange({ showsActive, disposition: showsActive ? "inline" : "attachment" })
          }
        />
      )}
      {settings.data && (
        <Checkbox
          label={say("link.private")}
          hint={say("link.private.hint")}
          isSelected={settings.data.privateClipboard}
          onChange={(isPrivate) => setPrivate(isPrivate)}
        />
      )}
    </Fold>
  );
}
