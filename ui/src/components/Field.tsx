// One line of text with its label, a hint, and what is wrong with it.
import type { ReactNode } from "react";
import { FieldError, Input, Label, Text, TextField } from "react-aria-components";
import styles from "./Field.module.css";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: ReactNode;
  autoFocus?: boolean;
}

export function Field({ label, value, onChange, hint, error, autoFocus = false }: Props) {
  return (
    <TextField
      className={styles.field}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={styles.label}>{label}</Label>
      <Input className={styles.input} spellCheck="false" autoCapitalize="off" autoComplete="off" />
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>{error}</FieldError>
    </TextField>
  );
}

// Of one identity, so that React calls it when the field appears and not at every change around it.
function selected(input: HTMLInputElement | null) {
  input?.focus();
  input?.select();
}

/** Text to be taken away by hand: focused and selected as soon as it is there, ready for Ctrl+C. */
export function TakeAway({ label, value }: { label: string; value: string }) {
  return (
    <TextField className={styles.field} value={value} isReadOnly>
      <Label className={styles.label}>{label}</Label>
      <Input
        className={styles.input}
        ref={selected}
        onFocus={(event) => event.currentTarget.select()}
      />
    </TextField>
  );
}
