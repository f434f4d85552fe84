// The middle of an area that has nothing to list: a picture, a heading, a sentence, perhaps a button.
import type { ReactNode } from "react";
import styles from "./Blank.module.css";

interface Props {
  picture: ReactNode;
  heading: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}

export function Blank({ picture, heading, children, actions }: Props) {
  return (
    <div className={styles.blank}>
      <span className={styles.picture} aria-hidden="true">
        {picture}
      </span>
      <h2 className={styles.heading}>{heading}</h2>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
