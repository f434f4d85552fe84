// A button with more to choose from behind a small one beside it. The first does the usual thing in one click.
import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Keyboard, Menu, MenuItem, MenuTrigger, Popover, Text } from "react-aria-components";
import { Button } from "./Button";
import styles from "./Menu.module.css";

export interface Choice {
  id: string;
  label: string;
  icon: ReactNode;
  /** The keys that do the same. */
  shortcut?: string;
  onAction: () => void;
}

interface Props {
  children: ReactNode;
  onPress: () => void;
  moreLabel: string;
  choices: readonly Choice[];
  isDisabled: boolean;
}

export function SplitButton({ children, onPress, moreLabel, choices, isDisabled }: Props) {
  return (
    <span className={styles.split}>
      <Button look="primary" isDisabled={isDisabled} onPress={onPress}>
        {children}
      </Button>
      <MenuTrigger>
        <Button look="primary" isDisabled={isDisabled} aria-label={moreLabel}>
          <ChevronDown aria-hidden="true" />
        </Button>
        <Popover className={styles.popover ?? ""} placement="bottom end">
          <Menu className={styles.menu ?? ""}>
            {choices.map(({ id, label, icon, shortcut, onAction }) => (
              <MenuItem
                key={id}
                id={id}
                textValue={label}
                className={styles.item ?? ""}
                onAction={onAction}
              >
                {icon}
                <Text slot="label">{label}</Text>
                {shortcut && <Keyboard className={styles.keys}>{shortcut}</Keyboard>}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </span>
  );
}
