// A button of the sidebar: a picture and words, of which the picture alone stays where there is little room.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { type ButtonProps, Button as PlainButton } from "react-aria-components";
import styles from "./SideButton.module.css";

interface Props extends Pick<ButtonProps, "onPress" | "aria-label"> {
  "aria-keyshortcuts"?: string;
  look: "framed" | "quiet";
  picture: LucideIcon;
  title: string;
  children: ReactNode;
  /** Shown beside the words. */
  keys?: string;
}

export function SideButton({ look, picture: Picture, title, children, keys, ...button }: Props) {
  return (
    <span title={title}>
      <PlainButton className={styles.button ?? ""} data-look={look} {...button}>
        <Picture aria-hidden="true" />
        <span className={styles.label}>{children}</span>
        {keys && <kbd className={styles.keys}>{keys}</kbd>}
      </PlainButton>
    </span>
  );
}
