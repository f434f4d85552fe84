// A screen of the way in: a narrow column with a heading, and the way back.
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { Mark } from "../../components/Mark";
import styles from "./ConnectScreen.module.css";

interface Props {
  heading: ReactNode;
  intro?: ReactNode;
  /** What stands above all else. */
  notice?: ReactNode;
  back?: { label: ReactNode; onPress: () => void } | null;
  /** The first screen of all has the mark. */
  isFirst?: boolean;
  children: ReactNode;
}

export function Frame({ heading, intro, notice, back, isFirst = false, children }: Props) {
  const title = useHeadingFocus(isFirst);
  return (
    <main className={styles.screen}>
      <div className={styles.column}>
        {back && (
          <div className={styles.back}>
            <Button look="quiet" onPress={back.onPress}>
              <ArrowLeft aria-hidden="true" />
              {back.label}
            </Button>
          </div>
        )}
        {notice}
        <header className={styles.head}>
          {isFirst && <Mark />}
          <h1 ref={title} tabIndex={-1}>
            {heading}
          </h1>
          {intro && <p>{intro}</p>}
        </header>
        {children}
      </div>
    </main>
  );
}

/** The button that led here has gone, and the focus with it, unless a field has taken it. */
function useHeadingFocus(isFirst: boolean) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFirst && document.activeElement === document.body) title.current?.focus();
  }, [isFirst]);
  return title;
}
