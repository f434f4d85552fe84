// Where files are dropped or chosen.
import { element } from "./dom";
import { chosen, dropped } from "./dropped";
import type { Item } from "./send";
import { words } from "./words";

export interface Zone {
  place: HTMLElement;
  close: () => void;
}

export function openZone(take: (items: Item[]) => void): Zone {
  const place = element("div", "zone");
  const invitation = element("p", "invitation drops", words.invitation);
  place.append(invitation, element("p", "soft drops", words.or), ...chooser(take));
  let isOpen = true;
  const over = (isOver: boolean) => {
    place.toggleAttribute("data-over", isOver && isOpen);
    invitation.textContent = isOver ? words.dropNow : words.invitation;
  };
  // The whole page takes files, so that a near miss does not open one in the browser.
  addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && over(false));
  addEventListener("drop", async (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer && isOpen) take(await dropped(event.dataTransfer));
  });
  const close = () => {
    isOpen = false;
    place.remove();
  };
  return { place, close };
}

function chooser(take: (items: Item[]) => void): [HTMLInputElement, HTMLLabelElement] {
  const input = element("input", "chooser");
  input.type = "file";
  input.multiple = true;
  input.id = "chooser";
  input.addEventListener("change", () => {
    take(chosen(input.files ?? []));
    // The same file can be chosen once more.
    input.value = "";
  });
  const label = element("label", "button", words.choose);
  label.htmlFor = input.id;
  return [input, label];
}
