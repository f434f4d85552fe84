// A choice that is on or off, with one line of explanation.
import { Check } from "lucide-react";
import { useId } from "react";
import { Checkbox as AriaCheckbox } from "react-aria-components";
import styles from "./Checkbox.module.css";

interface Props {
  label: string;
  hint: string;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
}

export function Checkbox({ label, hint, isSelected, onChange }: Props) {
  const hintId = useId();
  return (
    <div className={styles.field}>
      <AriaCheckbox
        className={styles.checkbox ?? ""}
        isSelected={isSelected}
        onChange={onChange}
        aria-describedby={hintId}
      >
        <span className={styles.box}>
          <Check aria-hidden="true" />
        </span>
        {label}
      </AriaCheckbox>
      <p id={hintId} className={styles.hint}>
        {hint}
      </p>
    </div>
  );
}
