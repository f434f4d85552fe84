// One choice of two, as plain radio buttons.
import { Label, Radio, RadioGroup, Text } from "react-aria-components";
import styles from "./Radios.module.css";
import type { Choice } from "./Segments";

interface Props {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  hint?: string | undefined;
}

export function Radios({ label, value, choices, onChange, hint }: Props) {
  return (
    <RadioGroup className={styles.group} value={value} onChange={onChange} orientation="horizontal">
      <Label className={styles.label}>{label}</Label>
      <div className={styles.row}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            isDisabled={choice.isDisabled ?? false}
            className={styles.radio}
          >
            <span className={styles.mark} />
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
