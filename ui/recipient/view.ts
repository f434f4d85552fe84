// The page as it is seen. Texts of others (the title, names of files) are only ever set as text.
import { chosen, dropped } from "./dropped";
import type { Facts } from "./facts";
import type { Entry, Queue } from "./queue";
import { moment, size, words } from "./words";

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

export function endedCard(): HTMLElement {
  const card = element("section", "card");
  card.append(element("h1", "", words.ended), element("p", "soft", words.endedBody));
  return card;
}

export class View {
  readonly card = element("section", "card");
  readonly #list = element("ul", "files");
  readonly #summary = element("p", "summary");
  readonly #rows = new Map<Entry, Row>();

  constructor(
    readonly facts: Facts,
    readonly queue: Queue,
  ) {
    this.#summary.setAttribute("role", "status");
    const until = moment(facts.expiresAt);
    const limits = words.limits(until, size(facts.maxBytes));
    this.card.append(
      element("h1", "", facts.title),
      this.#dropZone(),
      element("p", "soft", words.what),
      element("p", "soft", limits),
      this.#list,
      this.#summary,
    );
  }

  draw() {
    for (const entry of this.queue.entries) {
      const row = this.#rows.get(entry) ?? this.#newRow(entry);
      row.draw();
    }
    this.#summary.textContent = this.#told();
  }

  #told(): string {
    const { queue } = this;
    const arrived = queue.count("arrived");
    const failed = queue.count("failed");
    if (queue.entries.length === 0) return "";
    if (queue.isBusy) return words.underWay(arrived, queue.entries.length);
    const lost = failed > 0 ? words.someFailed(failed) : "";
    return [arrived > 0 ? words.allArrived(arrived) : "", lost].filter(Boolean).join(" ");
  }

  #newRow(entry: Entry): Row {
    const row = new Row(entry, this.queue, size(this.facts.maxBytes));
    this.#rows.set(entry, row);
    this.#list.append(row.line);
    return row;
  }

  #dropZone(): HTMLElement {
    const zone = element("div", "zone");
    const invitation = element("p", "invitation", words.invitation);
    const label = element("label", "button", words.choose);
    const input = element("input", "chooser");
    input.type = "file";
    input.multiple = true;
    input.addEventListener("change", () => {
      this.queue.add(chosen(input.files ?? []));
      // The same file can be chosen once more.
      input.value = "";
    });
    label.append(input);
    zone.append(invitation, element("p", "soft", words.or), label);
    const over = (isOver: boolean) => {
      zone.toggleAttribute("data-over", isOver);
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
      if (event.dataTransfer) this.queue.add(await dropped(event.dataTransfer));
    });
    return zone;
  }
}

class Row {
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
    const text = document.createElement("bdi");
    text.textContent = path;
    name.append(text, element("span", "soft", ` ${size(file.size)}`));
    this.#bar.setAttribute("aria-label", words.progress(path));
    this.#button.type = "button";
    this.#button.addEventListener("click", () => {
      if (entry.state.kind === "failed") queue.again(entry);
      else queue.stop(entry);
    });
    this.line.append(name, this.#bar, this.#state, this.#button);
  }

  draw() {
    const { state, item } = this.entry;
    this.line.dataset.state = state.kind;
    this.#state.textContent = this.#told();
    this.#bar.hidden = state.kind !== "sending";
    if (state.kind === "sending") this.#bar.value = state.share;
    const isLost = state.kind === "failed" && ["tooLarge", "ended"].includes(state.fault);
    this.#button.hidden = state.kind === "arrived" || isLost;
    const act = state.kind === "failed" ? words.again : words.cancel;
    this.#button.textContent = act;
    this.#button.setAttribute("aria-label", words.of(item.path, act));
  }

  #told(): string {
    const { state } = this.entry;
    const percent = new Intl.NumberFormat(undefined, { style: "percent" });
    switch (state.kind) {
      case "waiting":
        return words.waiting;
      case "sending":
        return words.sending(percent.format(state.share));
      case "arrived":
        return words.arrived;
      case "failed":
        return words.fault(state.fault, this.largest);
    }
  }
}
