// A message in a box: what, then why and what next, then buttons, then details. `role` says how it is announced.
import type { ReactNode } from "react";
import styles from "./Notice.module.css";

interface Props {
  tone: "plain" | "good" | "warn" | "danger";
  title?: ReactNode;
  children: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  details?: ReactNode;
  role?: "alert" | "note" | undefined;
}

export function Notice({ tone, title, children, icon, actions, details, role }: Props) {
  return (
    <div className={styles.notice} data-tone={tone} role={role}>
      {title && (
        <p className={styles.title}>
          {icon}
          <span>{title}</span>
        </p>
      )}
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
      {details}
    </div>
  );
}
