// A name that somebody else chose: kept apart from the sentence around it, unseen characters made visible by the
// caller's `visible`. Long names wrap anywhere when `wraps`, and otherwise end in an ellipsis.
import styles from "./Name.module.css";

export function Name({ children, wraps = false }: { children: string; wraps?: boolean }) {
  return (
    <bdi className={wraps ? styles.wraps : styles.clipped} title={wraps ? undefined : children}>
      {children}
    </bdi>
  );
}
