// A button in its four weights. `isPending` keeps its place and its focus while the work runs.
import type { Ref } from "react";
import { Button as AriaButton, type ButtonProps } from "react-aria-components";
import styles from "./Button.module.css";

type Look = "plain" | "primary" | "quiet" | "big";

export function Button({
  look = "plain",
  ...props
}: ButtonProps & { look?: Look; ref?: Ref<HTMLButtonElement> }) {
  const weight = look === "big" ? `${styles.primary} ${styles.big}` : styles[look];
  return <AriaButton {...props} className={`${styles.button} ${weight}`} />;
}

/** A picture alone; its name is said, and shown when the pointer rests on it. */
export function IconButton({ label, ...props }: ButtonProps & { label: string }) {
  return (
    <span title={label} className={styles.iconFrame}>
      <AriaButton {...props} aria-label={label} className={`${styles.button} ${styles.icon}`} />
    </span>
  );
}
