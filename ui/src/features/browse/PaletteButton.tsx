// What opens the palette, with its keys.
import { Search } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { isMac } from "../../i18n/platform";
import { Say, useSay } from "../../i18n/say";
import styles from "./PaletteButton.module.css";

export function PaletteButton({ onPress }: { onPress: () => void }) {
  const say = useSay();
  const mac = String(isMac());
  const keys = say("palette.keys", { mac });
  return (
    <span title={say("palette.label")}>
      <PlainButton
        className={styles.open ?? ""}
        onPress={onPress}
        aria-label={say("palette.label")}
        aria-keyshortcuts={isMac() ? "Meta+K" : "Control+K"}
      >
        <Search aria-hidden="true" />
        <span className={styles.label}>
          <Say id="palette.open" />
        </span>
        <kbd className={styles.keys}>{keys}</kbd>
      </PlainButton>
    </span>
  );
}
