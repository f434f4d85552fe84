// The files of this visit: a few go at a time, each can be stopped and tried again.
import type { Facts } from "./facts";
import { keyFor, random } from "./key";
import { type Item, send } from "./send";
import type { Fault } from "./words";

const AT_ONCE = 2;

export type State =
  | { kind: "waiting" }
  | { kind: "sending"; share: number; isPausing?: true }
  | { kind: "arrived" }
  | { kind: "failed"; fault: Fault };

export interface Entry {
  readonly item: Item;
  readonly key: string;
  state: State;
  stop: AbortController;
}

export class Queue {
  readonly entries: Entry[] = [];
  readonly #facts: Facts;
  readonly #onChange: (entry: Entry) => void;

  constructor(facts: Facts, onChange: (entry: Entry) => void) {
    this.#facts = facts;
    this.#onChange = onChange;
  }

  add(items: readonly Item[]) {
    for (const item of items) {
      const key = keyFor(this.#facts.prefix, item.path, random());
      const entry: Entry = { item, key, state: { kind: "waiting" }, stop: new AbortController() };
      this.entries.push(entry);
      this.#onChange(entry);
    }
    this.#go();
  }

  stop(entry: Entry) {
    entry.stop.abort();
    if (entry.state.kind === "waiting") this.#set(entry, { kind: "failed", fault: "stopped" });
  }

  again(entry: Entry) {
    entry.stop = new AbortController();
    this.#set(entry, { kind: "waiting" });
    this.#go();
  }

  count(kind: State["kind"]): number {
    return this.entries.filter(({ state }) => state.kind === kind).length;
  }

  get isBusy(): boolean {
    return this.entries.some(({ state }) => state.kind === "waiting" || state.kind === "sending");
  }

  /** How much of all that is to arrive has gone out; an empty file counts too. */
  get share(): number {
    let sent = 0;
    let all = 0;
    for (const { item, state } of this.entries) {
      if (state.kind === "failed") continue;
      const weight = item.file.size + 1;
      all += weight;
      if (state.kind === "arrived") sent += weight;
      if (state.kind === "sending") sent += weight * state.share;
    }
    return all > 0 ? sent / all : 0;
  }

  #go() {
    const free = AT_ONCE - this.count("sending");
    const waiting = this.entries.filter(({ state }) => state.kind === "waiting");
    for (const entry of waiting.slice(0, free)) void this.#send(entry);
  }

  async #send(entry: Entry) {
    this.#set(entry, { kind: "sending", share: 0 });
    const reports = {
      onProgress: (share: number) => this.#set(entry, { kind: "sending", share }),
      onPause: () => this.#set(entry, { kind: "sending", share: 0, isPausing: true }),
    };
    try {
      await send(this.#facts, entry.item, entry.key, reports, entry.stop.signal);
      this.#set(entry, { kind: "arrived" });
    } catch (fault) {
      this.#set(entry, { kind: "failed", fault: fault as Fault });
    }
    this.#go();
  }

  #set(entry: Entry, state: State) {
    entry.state = state;
    this.#onChange(entry);
  }
}
