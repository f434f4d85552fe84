// The page as it is seen while the request is open.
import { element, tell } from "./dom";
import type { Facts } from "./facts";
import type { Entry, Queue } from "./queue";
import { Row } from "./row";
import { locale, moment, size, words } from "./words";
import { openZone } from "./zone";

export class View {
  readonly card = element("section", "card");
  readonly #zone = openZone((items) => this.queue.add(items));
  readonly #list = element("ul", "files");
  readonly #foot = element("div", "soft foot");
  readonly #bar = element("progress", "bar overall");
  readonly #summary = element("p", "summary");
  readonly #rows = new Map<Entry, Row>();

  constructor(
    readonly facts: Facts,
    readonly queue: Queue,
  ) {
    this.#summary.setAttribute("role", "status");
    this.#bar.setAttribute("aria-label", words.overall);
    this.#bar.hidden = true;
    const title = element("h1", "", facts.title);
    title.dir = "auto";
    const head = element("header", "head");
    head.append(element("p", "soft", words.asked), title);
    this.#foot.append(this.#limits(), element("p", "", words.what));
    this.card.append(head, this.#zone.place, this.#summary, this.#bar, this.#list, this.#foot);
  }

  draw(entry: Entry) {
    (this.#rows.get(entry) ?? this.#newRow(entry)).draw();
    const { isBusy, share } = this.queue;
    this.#bar.hidden = !isBusy || this.queue.entries.length < 2;
    this.#bar.value = share;
    this.#summary.dataset.state = this.#outcome();
    tell(this.#summary, this.#told());
    if (entry.state.kind === "failed" && entry.state.fault === "ended") this.end();
  }

  /** What has arrived stays in sight. */
  end() {
    if (!this.#zone.place.isConnected) return;
    const note = element("div", "zone ended");
    note.setAttribute("role", "status");
    this.#zone.place.before(note);
    this.#zone.close();
    this.#foot.remove();
    note.append(element("h2", "invitation", words.ended), element("p", "soft", words.endedBody));
  }

  #outcome(): State {
    if (this.queue.isBusy) return "busy";
    return this.queue.count("failed") > 0 ? "failed" : "arrived";
  }

  #told(): string {
    const { queue } = this;
    const arrived = queue.count("arrived");
    const failed = queue.count("failed");
    if (queue.isBusy) return words.underWay(arrived, queue.entries.length);
    if (failed === 0) return words.allArrived(arrived);
    const lost = words.someFailed(failed);
    return arrived > 0 ? `${words.someArrived(arrived)} ${lost}` : lost;
  }

  #limits(): HTMLElement {
    const line = element("p", "");
    const time = element("time", "", moment(this.facts.expiresAt));
    time.dateTime = new Date(this.facts.expiresAt * 1000).toISOString();
    time.lang = locale();
    line.append(words.until, time, words.largest(size(this.facts.maxBytes)));
    return line;
  }

  #newRow(entry: Entry): Row {
    this.card.dataset.used = "";
    const row = new Row(entry, this.queue, size(this.facts.maxBytes));
    this.#rows.set(entry, row);
    this.#list.append(row.line);
    return row;
  }
}

type State = "busy" | "failed" | "arrived";
