// The files of this visit: a few go at a time, each can be stopped and tried again.
import type { Facts } from "./facts";
import { type Item, send } from "./send";
import type { Fault } from "./words";

const AT_ONCE = 2;

export type State =
  | { kind: "waiting" }
  | { kind: "sending"; share: number }
  | { kind: "arrived" }
  | { kind: "failed"; fault: Fault };

export interface Entry {
  item: Item;
  state: State;
  stop: AbortController;
}

export class Queue {
  readonly entries: Entry[] = [];
  readonly #facts: Facts;
  readonly #onChange: () => void;

  constructor(facts: Facts, onChange: () => void) {
    this.#facts = facts;
    this.#onChange = onChange;
  }

  add(items: readonly Item[]) {
    for (const item of items)
      this.entries.push({ item, state: { kind: "waiting" }, stop: new AbortController() });
    this.#go();
  }

  stop(entry: Entry) {
    entry.stop.abort();
    if (entry.state.kind === "waiting") this.#set(entry, { kind: "failed", fault: "stopped" });
  }

  again(entry: Entry) {
    entry.stop = new AbortController();
    entry.state = { kind: "waiting" };
    this.#go();
  }

  count(kind: State["kind"]): number {
    return this.entries.filter(({ state }) => state.kind === kind).length;
  }

  get isBusy(): boolean {
    return this.count("waiting") + this.count("sending") > 0;
  }

  #go() {
    const free = AT_ONCE - this.count("sending");
    const waiting = this.entries.filter(({ state }) => state.kind === "waiting");
    for (const entry of waiting.slice(0, free)) void this.#send(entry);
    this.#onChange();
  }

  async #send(entry: Entry) {
    entry.state = { kind: "sending", share: 0 };
    const onProgress = (share: number) => this.#set(entry, { kind: "sending", share });
    try {
      await send(this.#facts, entry.item, onProgress, entry.stop.signal);
      entry.state = { kind: "arrived" };
    } catch (fault) {
      entry.state = { kind: "failed", fault: fault as Fault };
    }
    this.#go();
  }

  #set(entry: Entry, state: State) {
    entry.state = state;
    this.#onChange();
  }
}
