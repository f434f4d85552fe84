// The mark of the app: a guest pass that carries a link. The same drawing as the icon's.
import styles from "./Mark.module.css";

const TICKET =
  "M208 300H816a48 48 0 0 1 48 48v84a80 80 0 0 0 0 160v84a48 48 0 0 1-48 48H208a48 48 0 0 1-48-48v-84a80 80 0 0 0 0-160v-84a48 48 0 0 1 48-48z";

export function Mark() {
  return (
    <svg className={styles.mark} viewBox="96 200 832 624" aria-hidden="true">
      <g transform="rotate(-12 512 512)">
        <path className={styles.ticket} d={TICKET} />
        <g className={styles.link}>
          <path d="M473 435h-77a77 77 0 0 0 0 154h77" />
          <path d="M551 435h77a77 77 0 0 1 0 154h-77" />
          <path d="M438 512h148" />
        </g>
      </g>
    </svg>
  );
}
