// One line of text with its label, a hint, and what is wrong with it.
import { type ClipboardEvent, type ReactNode, useRef } from "react";
import { FieldError, Input, Label, Text, TextField } from "react-aria-components";
import styles from "./Field.module.css";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  error?: ReactNode;
  autoFocus?: boolean;
  /** How much of it is marked when the focus comes for the first time, to be typed over. */
  selects?: number;
  /** "password" is not shown. */
  type?: "text" | "password";
  /** "digits" are large and far apart, with the keys for them. */
  look?: "text" | "digits";
  autoComplete?: string;
  onPaste?: (event: ClipboardEvent<HTMLInputElement>) => void;
}

export function Field({ label, value, onChange, hint, error, autoFocus = false, ...rest }: Props) {
  const { type = "text", look = "text", autoComplete = "off", selects, onPaste } = rest;
  const marked = useRef(false);
  return (
    <TextField
      className={styles.field}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      type={type}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={styles.label}>{label}</Label>
      <Input
        className={styles.input}
        data-look={look}
        spellCheck="false"
        autoCapitalize="off"
        autoComplete={autoComplete}
        inputMode={look === "digits" ? "numeric" : undefined}
        {...(onPaste ? { onPaste } : {})}
        onFocus={({ currentTarget }) => {
          if (selects === undefined || marked.current) return;
          marked.current = true;
          currentTarget.setSelectionRange(0, selects);
        }}
      />
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
