// The button beside the list for what can be done with what is chosen there.
import { Ellipsis } from "lucide-react";
import { MenuTrigger } from "react-aria-components";
import { Button } from "../../components/Button";
import { SectionMenu } from "../../components/Menu";
import { Say, useSay } from "../../i18n/say";
import { useChoices } from "./useChoices";
import type { Tidy } from "./useTidy";

export function MoreButton({ tidy }: { tidy: Tidy }) {
  const say = useSay();
  const choices = useChoices(tidy);
  if (choices.length === 0) return null;
  return (
    <MenuTrigger>
      <Button>
        <Ellipsis aria-hidden="true" />
        <Say id="tidy.more" />
      </Button>
      <SectionMenu sections={[{ id: "tidy", label: say("tidy.menu"), choices }]} />
    </MenuTrigger>
  );
}
