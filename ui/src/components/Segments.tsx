// One choice of a few, side by side, in equal widths.
import { Label, Radio, RadioGroup } from "react-aria-components";
import styles from "./Segments.module.css";

export interface Choice {
  value: string;
  label: string;
}

interface Props {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

export function Segments({ label, value, choices, onChange }: Props) {
  return (
    <RadioGroup className={styles.group} value={value} onChange={onChange} orientation="horizontal">
      <Label className={styles.label}>{label}</Label>
      <div className={styles.row}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles.segment}>
            {choice.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
