// One choice of a few, side by side, in equal widths.
import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import styles from "./Segments.module.css";

export interface Choice {
  value: string;
  label: string;
  isDisabled?: boolean;
}

interface Props {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  hint?: string | undefined;
}

export function Segments({ label, value, choices, onChange, hint }: Props) {
  return (
    <RadioGroup className={styles.group} value={value} onChange={onChange} orientation="horizontal">
      <Label className={styles.label}>{label}</Label>
      <div className={styles.row}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            isDisabled={choice.isDisabled ?? false}
            className={styles.segment}
          >
            {choice.label}
          </Radio>
        ))}
      </div>
      {hint && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
    </RadioGroup>
  );
}
