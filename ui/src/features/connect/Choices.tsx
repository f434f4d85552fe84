// A list of which one is chosen by a click, and that leads on at once.
import { ChevronRight } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { Name } from "../../components/Name";
import { visible } from "../../i18n/names";
import styles from "./form.module.css";

interface Props {
  label: string;
  choices: readonly { id: string; name: string; detail?: string }[];
  onChoose: (id: string) => void;
}

export function Choices({ label, choices, onChoose }: Props) {
  return (
    <ul className={styles.list} aria-label={label}>
      {choices.map(({ id, name, detail }) => (
        <li key={id}>
          <PlainButton className={styles.choice ?? ""} onPress={() => onChoose(id)}>
            <span>
              <b>
                <Name>{visible(name)}</Name>
              </b>{" "}
              {detail && <small>{detail}</small>}
            </span>
            <ChevronRight aria-hidden="true" />
          </PlainButton>
        </li>
      ))}
    </ul>
  );
}
