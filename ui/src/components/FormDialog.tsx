// A small form over everything else: what it is about, what is to be filled in, the act and the way back. Escape takes
// the way back.
import type { FormEvent, ReactNode } from "react";
import { Button } from "./Button";
import styles from "./FormDialog.module.css";
import { Over } from "./Over";

interface Props {
  title: ReactNode;
  children: ReactNode;
  /** What the button says. */
  submit: ReactNode;
  cancel: string;
  isPending: boolean;
  isDisabled?: boolean;
  onSubmit: () => void;
  onCancel: () => void;
}

export function FormDialog({ title, children, submit, cancel, onSubmit, onCancel, ...is }: Props) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Over title={title} onClose={onCancel}>
      <form className={styles.form} onSubmit={send} noValidate>
        {children}
        <div className={styles.actions}>
          <Button look="quiet" onPress={onCancel}>
            {cancel}
          </Button>
          <Button
            look="primary"
            type="submit"
            isPending={is.isPending}
            isDisabled={is.isDisabled ?? false}
          >
            {submit}
          </Button>
        </div>
      </form>
    </Over>
  );
}
