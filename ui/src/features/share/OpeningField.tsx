// "When someone opens it": in the browser, or as a download.
import { Radios } from "../../components/Radios";
import { useSay } from "../../i18n/say";
import type { Disposition } from "../../ipc/bindings";

interface Props {
  value: Disposition;
  onChange: (value: Disposition) => void;
  /** What "in the browser" means for what is chosen. */
  inlineLabel: string;
  /** It may carry scripts, and nobody has insisted. */
  isHeldBack: boolean;
  /** Whether IT allows anything but downloads. */
  mayInline: boolean;
}

export function OpeningField({ value, onChange, inlineLabel, isHeldBack, mayInline }: Props) {
  const say = useSay();
  const choices = [
    { value: "inline", label: inlineLabel, isDisabled: isHeldBack || !mayInline },
    { value: "attachment", label: say("link.download") },
  ];
  return (
    <Radios
      label={say("link.whenOpened")}
      value={value}
      choices={choices}
      onChange={(chosen) => onChange(chosen as Disposition)}
      hint={mayInline ? (isHeldBack ? say("link.pageDownloads") : undefined) : say("limits.inline")}
    />
  );
}
