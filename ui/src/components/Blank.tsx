// The middle of an area that has nothing to list: a picture, a heading, a sentence, perhaps a button.
import type { ReactNode } from "react";
import styles from "./Blank.module.css";

interface Props {
  picture: ReactNode;
  heading: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
  /** Its heading is that of the whole screen. */
  isMain?: boolean;
}

export function Blank({ picture, heading, children, actions, isMain = false }: Props) {
  const Heading = isMain ? "h1" : "h2";
  return (
    <div className={styles.blank}>
      <span className={styles.picture} aria-hidden="true">
        {picture}
      </span>
      <Heading className={styles.heading}>{heading}</Heading>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
