// Menus: a button with more to choose from behind a small one beside it, of which the first does the usual thing in one
// click; and a menu of sections for whatever button opens it.
import { ChevronDown } from "lucide-react";
import { type ReactNode, useRef } from "react";
import {
  Header,
  Keyboard,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Text,
} from "react-aria-components";
import { Button } from "./Button";
import styles from "./Menu.module.css";

export interface Choice {
  id: string;
  label: string;
  icon: ReactNode;
  /** The keys that do the same. */
  shortcut?: string;
  /** A smaller second line. */
  detail?: string | undefined;
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
            {choices.map((choice) => (
              <Item key={choice.id} choice={choice} />
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </span>
  );
}

function Item({ choice: { id, label, icon, shortcut, detail, onAction } }: { choice: Choice }) {
  return (
    <MenuItem id={id} textValue={label} className={styles.item ?? ""} onAction={onAction}>
      {icon}
      <span className={styles.words}>
        <Text slot="label">{label}</Text>
        {detail && (
          <Text slot="description" className={styles.detail ?? ""}>
            {detail}
          </Text>
        )}
      </span>
      {shortcut && <Keyboard className={styles.keys}>{shortcut}</Keyboard>}
    </MenuItem>
  );
}

export interface Section {
  id: string;
  /** Without a heading it is named by its label alone. */
  heading?: string;
  label: string;
  choices: readonly Choice[];
}

/** `head` says what the menu is about; it is no choice. */
export function SectionMenu({
  head,
  sections,
}: {
  head?: ReactNode;
  sections: readonly Section[];
}) {
  return (
    <Popover className={styles.popover ?? ""} placement="bottom start">
      {head && <div className={styles.head}>{head}</div>}
      <Menu className={styles.menu ?? ""} data-pictured={head ? true : undefined}>
        {sections
          .filter(({ choices }) => choices.length > 0)
          .map(({ id, heading, label, choices }) => (
            <MenuSection key={id} aria-label={label} className={styles.section ?? ""}>
              {heading && <Header className={styles.heading ?? ""}>{heading}</Header>}
              {choices.map((choice) => (
                <Item key={choice.id} choice={choice} />
              ))}
            </MenuSection>
          ))}
      </Menu>
    </Popover>
  );
}

interface ContextMenuProps {
  /** Where it begins, from the corner of the window. */
  x: number;
  y: number;
  label: string;
  choices: readonly Choice[];
  onClose: () => void;
}

/** A menu that no button opens. */
export function ContextMenu({ x, y, label, choices, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className={styles.anchor} style={{ left: x, top: y }} />
      <Popover
        isOpen
        aria-label={label}
        triggerRef={anchor}
        placement="bottom start"
        offset={0}
        className={styles.popover ?? ""}
        onOpenChange={(isOpen) => !isOpen && onClose()}
      >
        <Menu aria-label={label} autoFocus="first" className={styles.menu ?? ""} onClose={onClose}>
          {choices.map((choice) => (
            <Item key={choice.id} choice={choice} />
          ))}
        </Menu>
      </Popover>
    </>
  );
}
