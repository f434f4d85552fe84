// "When someone opens it": in the browser, or as a download.
import { Radios } from "../../components/Radios";
import { isPlayed, mustDownload } from "../../i18n/kinds";
import { useSay } from "../../i18n/say";
import type { Disposition } from "../../ipc/bindings";

interface Props {
  name: string;
  value: Disposition;
  onChange: (value: Disposition) => void;
}

export function OpeningField({ name, value, onChange }: Props) {
  const say = useSay();
  const isPage = mustDownload(name);
  const choices = [
    {
      value: "inline",
      label: say(isPlayed(name) ? "link.play" : "link.show"),
      isDisabled: isPage,
    },
    { value: "attachment", label: say("link.download") },
  ];
  return (
    <Radios
      label={say("link.whenOpened")}
      value={value}
      choices={choices}
      onChange={(chosen) => onChange(chosen as Disposition)}
      hint={isPage ? say("link.pageDownloads") : undefined}
    />
  );
}
