// One question over everything else, with its answers one below the other, each saying what it leads to. For what
// cannot be decided in advance and must not be decided twice; Escape takes the way back.
import { type ReactNode, useId } from "react";
import { Button as AriaButton } from "react-aria-components";
import { Button } from "./Button";
import { Over } from "./Over";
import styles from "./Question.module.css";

interface Props {
  title: ReactNode;
  children?: ReactNode;
  answers: ReactNode;
  /** The way back. */
  cancel: string;
  onCancel: () => void;
}

export function Question({ title, children, answers, cancel, onCancel }: Props) {
  return (
    <Over title={title} onClose={onCancel}>
      {children && <div className={styles.body}>{children}</div>}
      <div className={styles.answers}>{answers}</div>
      <div className={styles.cancel}>
        <Button look="quiet" onPress={onCancel}>
          {cancel}
        </Button>
      </div>
    </Over>
  );
}

interface AnswerProps {
  label: string;
  /** What it leads to. */
  hint: ReactNode;
  /** The one that is meant most often; it has the focus. */
  isUsual?: boolean;
  /** Nothing brings back what it does. */
  isForGood?: boolean;
  isPending?: boolean;
  onPress: () => void;
}

export function Answer({ label, hint, isUsual = false, isForGood = false, ...props }: AnswerProps) {
  const id = useId();
  return (
    <AriaButton
      {...props}
      className={styles.answer ?? ""}
      data-usual={isUsual || undefined}
      data-for-good={isForGood || undefined}
      autoFocus={isUsual}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
    >
      <b id={`${id}-label`}>{label}</b>
      <span id={`${id}-hint`} className={styles.hint}>
        {hint}
      </span>
    </AriaButton>
  );
}
