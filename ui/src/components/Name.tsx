// A name that somebody else chose: kept apart from the sentence around it, unseen characters made visible by the
// caller's `visible`. Long names wrap anywhere when `wraps`, and otherwise end in an ellipsis. Parts of it can be marked.
import styles from "./Name.module.css";

interface Props {
  children: string;
  wraps?: boolean;
  /** The same in parts, if some are to be marked. */
  parts?: readonly { text: string; isFound: boolean }[] | null;
}

export function Name({ children, wraps = false, parts = null }: Props) {
  return (
    <bdi className={wraps ? styles.wraps : styles.clipped} title={wraps ? undefined : children}>
      {parts?.map(({ text, isFound }, at) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
        isFound ? <mark key={at}>{text}</mark> : text,
      ) ?? children}
    </bdi>
  );
}
