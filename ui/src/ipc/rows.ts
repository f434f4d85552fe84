// The rows of an open folder that somebody looks at, fetched in windows. What was fetched stays to be shown until newer
// rows are there, so that nothing is blank while a folder is still being read; it is only ever looked at, never acted
// on by its position.
import type { FolderRow, FolderRows, FolderState, RowRef, SelectAct } from "./bindings";

const WINDOW = 200;
/** Windows that are fetched beyond those that are looked at, in the direction of the last move. */
const AHEAD = 2;
const AT_A_TIME = 4;
/** Windows that are kept. */
const KEPT = 40;

export interface Rows {
  at(position: number): FolderRow | undefined;
  /** Sees to it that the rows from here to there come, and some beyond. */
  want(from: number, until: number): void;
  /** Another one whenever a row has changed. */
  version(): number;
}

interface Window {
  generation: number;
  revision: number;
  /** How many rows there were when it was asked for. */
  shown: number;
  rows: readonly FolderRow[];
}

/** The side of the one who knows how the folder stands. */
export interface RowsKept extends Rows {
  /** The row at this position as far as is known; one of before stands somewhere else by now. */
  current(position: number): FolderRow | undefined;
  heed(state: Pick<FolderState, "generation" | "shown" | "selection">): void;
  /** Marks rows as an act will leave them; `settle` with what it left them as. */
  foresee(act: SelectAct): (revision: number | null) => void;
  forget(): void;
}

type Fetch = (from: number, count: number) => Promise<FolderRows>;

export const keepRows = (fetch: Fetch, tell: () => void): RowsKept => new Windows(fetch, tell);

class Windows implements RowsKept {
  private readonly windows = new Map<number, Window>();
  private readonly underWay = new Set<number>();
  private wanted: readonly number[] = [];
  private known = { generation: 0, revision: 0, shown: 0 };
  private last = { from: 0, until: 0, isDown: true };
  /** Acts that were foreseen and not answered yet. */
  private unsettled = 0;
  /** Those among them whose outcome is not known here. */
  private unsure = 0;
  private changes = 0;
  /** What was asked for in an earlier life is not taken. */
  private life = 0;

  constructor(
    private readonly fetch: Fetch,
    private readonly tell: () => void,
  ) {}

  readonly version = () => this.changes;
  readonly at = (position: number) =>
    this.windows.get(Math.floor(position / WINDOW))?.rows[position % WINDOW];

  current(position: number) {
    const window = this.windows.get(Math.floor(position / WINDOW));
    const isCurrent = window?.generation === this.known.generation;
    return isCurrent ? window?.rows[position % WINDOW] : undefined;
  }

  want(from: number, until: number) {
    const isDown = from === this.last.from ? this.last.isDown : from > this.last.from;
    this.last = { from, until, isDown };
    this.wanted = wantedOf(this.last, this.known.shown);
    this.pump();
  }

  heed({ generation, shown, selection }: Pick<FolderState, "generation" | "shown" | "selection">) {
    this.know(generation, selection.revision);
    this.known.shown = shown;
    this.wanted = wantedOf(this.last, shown);
    this.pump();
  }

  foresee(act: SelectAct) {
    const suits = markOf(this.windows, act);
    // What is relative to an act that could not be foreseen cannot be either.
    const isSure = suits !== null && (isWhole(act) || this.unsure === 0);
    this.unsettled += 1;
    if (!isSure) this.unsure += 1;
    const isFresh = ([, { revision }]: [number, Window]) => revision >= this.known.revision;
    const fresh = new Set(isSure ? [...this.windows].filter(isFresh).map(([at]) => at) : []);
    if (suits !== null && mark(this.windows, suits)) this.change();
    const { life } = this;
    const { generation } = this.known;
    return (revision: number | null) => {
      if (life !== this.life) return;
      this.unsettled -= 1;
      if (!isSure) this.unsure -= 1;
      this.know(0, revision ?? 0);
      for (const [at, window] of this.windows) {
        // What was foreseen of an act that failed did not come; only the backend knows what is chosen.
        if (revision === null) window.revision = -1;
        else if (fresh.has(at) && window.generation === generation)
          window.revision = Math.max(window.revision, revision);
      }
      this.pump();
    };
  }

  forget() {
    this.life += 1;
    this.windows.clear();
    this.underWay.clear();
    this.known = { generation: 0, revision: 0, shown: 0 };
    this.unsettled = 0;
    this.unsure = 0;
    this.change();
  }

  private know(generation: number, revision: number) {
    this.known.generation = Math.max(this.known.generation, generation);
    this.known.revision = Math.max(this.known.revision, revision);
  }

  private change() {
    this.changes += 1;
    this.tell();
  }

  private isStale(at: number): boolean {
    const window = this.windows.get(at);
    if (window === undefined) return true;
    const { generation, revision, shown } = this.known;
    const isShort = window.rows.length < Math.min(WINDOW, shown - at * WINDOW);
    return (
      window.generation < generation ||
      (window.revision < revision && this.unsettled === 0) ||
      (isShort && window.shown !== shown)
    );
  }

  private pump() {
    const next = this.wanted.filter((at) => this.isStale(at) && !this.underWay.has(at));
    for (const at of next.slice(0, AT_A_TIME - this.underWay.size)) void this.load(at);
  }

  private async load(at: number) {
    const { life } = this;
    const { shown } = this.known;
    this.underWay.add(at);
    try {
      const answer = await this.fetch(at * WINDOW, WINDOW);
      if (life === this.life) this.take(at, answer, shown);
    } catch {
      // It was closed, or its state says what is wrong; the rows are asked for again when they are looked at again.
      if (life === this.life) this.wanted = this.wanted.filter((one) => one !== at);
    }
    if (life !== this.life) return;
    this.underWay.delete(at);
    this.pump();
  }

  private take(at: number, { generation, revision, rows }: FolderRows, shown: number) {
    const before = this.windows.get(at);
    const isOlder = this.unsettled > 0 && revision <= this.known.revision;
    this.know(generation, revision);
    // What an act will leave is shown already; an answer from before it would take that back.
    if (isOlder && before?.generation === generation && before.rows.length === rows.length) return;
    const kept = rows.map((row, index) => {
      const old = before?.rows[index];
      return old !== undefined && sameRow(old, row) ? old : row;
    });
    this.windows.set(at, { generation, revision, shown, rows: kept });
    this.trim();
    this.change();
  }

  private trim() {
    const excess = this.windows.size - KEPT;
    if (excess <= 0) return;
    const middle = Math.floor((this.last.from + this.last.until) / 2 / WINDOW);
    const away = (at: number) => Math.abs(at - middle);
    const far = [...this.windows.keys()].sort((a, b) => away(b) - away(a));
    for (const at of far.slice(0, excess)) this.windows.delete(at);
  }
}

/** Those that are looked at, then those ahead, then the one behind. */
function wantedOf(
  { from, until, isDown }: { from: number; until: number; isDown: boolean },
  shown: number,
): number[] {
  const first = Math.floor(from / WINDOW);
  const last = Math.floor(Math.max(from, until - 1) / WINDOW);
  const seen = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const ahead = Array.from({ length: AHEAD }, (_, at) => (isDown ? last + 1 + at : first - 1 - at));
  const behind = isDown ? first - 1 : last + 1;
  return [...seen, ...ahead, behind].filter((at) => at >= 0 && at * WINDOW < shown);
}

export const refOf = ({ entry }: Pick<FolderRow, "entry">): RowRef =>
  entry.kind === "folder"
    ? { kind: "folder", key: entry.prefix }
    : { kind: "object", key: entry.key };

export const sameRef = (a: RowRef, b: RowRef) => a.kind === b.kind && a.key === b.key;

function sameRow(a: FolderRow, b: FolderRow): boolean {
  if (a.isSelected !== b.isSelected || a.entry.name !== b.entry.name) return false;
  if (a.entry.kind === "folder" || b.entry.kind === "folder") return sameRef(refOf(a), refOf(b));
  return (
    a.entry.key === b.entry.key &&
    a.entry.size === b.entry.size &&
    a.entry.modifiedAt === b.entry.modifiedAt &&
    a.entry.storageClass === b.entry.storageClass
  );
}

/** Whether an act says of every row whether it is chosen, whatever was before. */
export const isWhole = (act: SelectAct) =>
  act.act !== "toggle" && !(act.act === "range" && act.adds);

/** Whether a row is marked otherwise now. Most acts leave most rows as they are, and a key held down waits for this. */
function mark(windows: Map<number, Window>, suits: Suits): boolean {
  let isOther = false;
  for (const [at, window] of windows) {
    const isLeft = (row: FolderRow, index: number) =>
      row.isSelected === suits(row, at * WINDOW + index);
    if (window.rows.every(isLeft)) continue;
    const rows = window.rows.map((row, index) =>
      isLeft(row, index) ? row : { ...row, isSelected: !row.isSelected },
    );
    windows.set(at, { ...window, rows });
    isOther = true;
  }
  return isOther;
}

type Suits = (row: FolderRow, position: number) => boolean;

/** Null where only the answer tells: rows that the act names are not all at hand. */
function markOf(windows: ReadonlyMap<number, Window>, act: SelectAct): Suits | null {
  switch (act.act) {
    case "none":
      return () => false;
    case "all":
      return () => true;
    case "only":
      return positionOf(windows, act.row) === null ? null : (row) => isOf(row, act.row);
    case "toggle":
      return (row) => row.isSelected !== isOf(row, act.row);
    case "range": {
      const from = positionOf(windows, act.from);
      const to = positionOf(windows, act.to);
      if (from === null || to === null) return null;
      const isWithin = (at: number) => at >= Math.min(from, to) && at <= Math.max(from, to);
      return (row, at) => isWithin(at) || (act.adds && row.isSelected);
    }
  }
}

function positionOf(windows: ReadonlyMap<number, Window>, ref: RowRef): number | null {
  for (const [at, { rows }] of windows) {
    const index = rows.findIndex((row) => isOf(row, ref));
    if (index !== -1) return at * WINDOW + index;
  }
  return null;
}

/** Asked of thousands of rows at a time, hence no `refOf`. */
const isOf = ({ entry }: FolderRow, { kind, key }: RowRef) =>
  entry.kind === kind && (entry.kind === "folder" ? entry.prefix : entry.key) === key;
