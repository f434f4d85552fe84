// One file of the list.
import { element, tell } from "./dom";
import type { Entry, Queue } from "./queue";
import { percent, size, words } from "./words";

/** Sending these once more would end the same way. */
const FINAL = ["tooLarge", "ended", "unreadable"];

export class Row {
  readonly line = element("li", "file");
  readonly #state = element("span", "state");
  readonly #bar = element("progress", "bar");
  readonly #button = element("button", "quiet");

  constructor(
    readonly entry: Entry,
    readonly queue: Queue,
    readonly largest: string,
  ) {
    const { file, path } = entry.item;
    const name = element("span", "name");
    name.append(element("bdi", "", path), " ", element("span", "soft size", size(file.size)));
    this.#bar.setAttribute("aria-label", words.progress(path));
    this.#button.type = "button";
    this.#button.addEventListener("click", () => {
      if (entry.state.kind === "failed") queue.again(entry);
      else queue.stop(entry);
    });
    // Where focus goes when the button under it is no longer needed.
    this.line.tabIndex = -1;
    this.line.append(name, this.#bar, this.#state, this.#button);
  }

  draw() {
    const { state, item } = this.entry;
    this.line.dataset.state = state.kind;
    tell(this.#state, this.#told());
    this.#bar.hidden = state.kind !== "sending";
    if (state.kind === "sending") this.#bar.value = state.share;
    const isLost = state.kind === "failed" && FINAL.includes(state.fault);
    const isNeeded = state.kind !== "arrived" && !isLost;
    if (!isNeeded && document.activeElement === this.#button) this.line.focus();
    this.#button.hidden = !isNeeded;
    const act = state.kind === "failed" ? words.again : words.cancel;
    tell(this.#button, act);
    this.#button.setAttribute("aria-label", words.of(item.path, act));
  }

  #told(): string {
    const { state } = this.entry;
    switch (state.kind) {
      case "waiting":
        return words.waiting;
      case "sending":
        return state.isPausing ? words.pausing : words.sending(percent(state.share));
      case "arrived":
        return words.arrived;
      case "failed":
        return words.fault(state.fault, this.largest);
    }
  }
}
