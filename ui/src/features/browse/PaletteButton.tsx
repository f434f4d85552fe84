// What opens the palette, with its keys.
import { Search } from "lucide-react";
import { isMac } from "../../i18n/platform";
import { Say, useSay } from "../../i18n/say";
import { SideButton } from "./SideButton";

export function PaletteButton({ onPress }: { onPress: () => void }) {
  const say = useSay();
  return (
    <SideButton
      look="framed"
      picture={Search}
      title={say("palette.label")}
      keys={say("palette.keys", { mac: String(isMac()) })}
      aria-label={say("palette.label")}
      aria-keyshortcuts={isMac() ? "Meta+K" : "Control+K"}
      onPress={onPress}
    >
      <Say id="palette.open" />
    </SideButton>
  );
}
