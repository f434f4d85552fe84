// What can be done, as the choices of a menu: those alone that can be done now.
import { Download, FolderInput, FolderPlus, Pencil, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Choice } from "../../components/Menu";
import { isMac } from "../../i18n/platform";
import { type MessageId, useSay } from "../../i18n/say";
import type { Tidy } from "./useTidy";

const hidden = { "aria-hidden": true } as const;

export function useChoices(tidy: Tidy): Choice[] {
  const say = useSay();
  const mac = String(isMac());
  const choice = (
    id: string,
    label: MessageId,
    keys: MessageId | null,
    icon: ReactNode,
    act: (() => void) | null,
  ): Choice[] =>
    act === null
      ? []
      : [
          {
            ...{ id, label: say(label), icon, onAction: act },
            ...(keys === null ? {} : { shortcut: say(keys, { mac }) }),
          },
        ];
  return [
    ...choice("save", "tidy.save", "tidy.saveKeys", <Download {...hidden} />, tidy.save),
    ...choice("rename", "tidy.rename", "tidy.renameKeys", <Pencil {...hidden} />, tidy.rename),
    ...choice("move", "tidy.move", null, <FolderInput {...hidden} />, tidy.move),
    ...choice("delete", "tidy.delete", "tidy.deleteKeys", <Trash2 {...hidden} />, tidy.remove),
    ...choice(
      "newFolder",
      "tidy.newFolder",
      "tidy.newFolderKeys",
      <FolderPlus {...hidden} />,
      tidy.newFolder,
    ),
  ];
}
