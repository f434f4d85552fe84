// A name that somebody else chose: kept apart from the sentence around it, unseen characters made visible by the
// caller's `visible`. Long names wrap anywhere when `wraps`, and otherwise end in an ellipsis, or hold one before their
// end. Parts of it can be marked.
import styles from "./Name.module.css";

interface Part {
  text: string;
  isFound: boolean;
}

interface Props {
  children: string;
  wraps?: boolean;
  /** Whether a long name shows its end in any case: numbers, versions and endings tell the files of a kind apart. */
  keepsEnd?: boolean;
  /** The same in parts, if some are to be marked. */
  parts?: readonly Part[] | null;
}

export function Name({ children, wraps = false, keepsEnd = false, parts = null }: Props) {
  const whole = parts ?? [{ text: children, isFound: false }];
  const cut = keepsEnd ? endOf(children) : 0;
  if (cut > 0)
    return (
      <bdi className={styles.kept} title={children}>
        <span className={styles.clipped}>{marked(between(whole, 0, cut))}</span>
        <span>{marked(between(whole, cut, children.length))}</span>
      </bdi>
    );
  return (
    <bdi className={wraps ? styles.wraps : styles.clipped} title={wraps ? undefined : children}>
      {marked(whole)}
    </bdi>
  );
}

const marked = (parts: readonly Part[]) =>
  parts.map(({ text, isFound }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
    isFound ? <mark key={at}>{text}</mark> : text,
  );

function between(parts: readonly Part[], from: number, until: number): Part[] {
  let at = 0;
  const cut = parts.map(({ text, isFound }) => {
    const begin = at;
    at += text.length;
    return { text: text.slice(Math.max(0, from - begin), Math.max(0, until - begin)), isFound };
  });
  return cut.filter(({ text }) => text !== "");
}

const END = 10;
const letters = new Intl.Segmenter();

/** Where the end of a name begins, between two letters as people count them; 0 where the name is short. */
function endOf(name: string): number {
  if (name.length < 2 * END) return 0;
  return letters.segment(name).containing(name.length - END)?.index ?? 0;
}
