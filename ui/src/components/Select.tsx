// One choice of many, from a list that opens over what is below.
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Select as AriaSelect,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from "react-aria-components";
import field from "./Field.module.css";
import styles from "./Select.module.css";

interface Choice {
  value: string;
  label: string;
  /** Smaller, beside it. */
  detail?: string;
}

interface Props {
  label: string;
  value: string | null;
  placeholder: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  hint?: string | undefined;
  error?: ReactNode;
}

export function Select({ label, value, placeholder, choices, onChange, hint, error }: Props) {
  return (
    <AriaSelect
      className={field.field ?? ""}
      selectedKey={value}
      placeholder={placeholder}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={field.label ?? ""}>{label}</Label>
      <Button className={styles.button ?? ""}>
        <SelectValue className={styles.value ?? ""} />
        <ChevronDown aria-hidden="true" />
      </Button>
      {hint && (
        <Text slot="description" className={field.hint ?? ""}>
          {hint}
        </Text>
      )}
      <FieldError className={field.error ?? ""}>{error}</FieldError>
      <Popover className={styles.popover ?? ""}>
        <ListBox className={styles.list ?? ""}>
          {choices.map(({ value: id, label: name, detail }) => (
            <ListBoxItem key={id} id={id} textValue={name} className={styles.item ?? ""}>
              <Text slot="label">{name}</Text>
              {detail && (
                <Text slot="description" className={styles.detail ?? ""}>
                  {detail}
                </Text>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
