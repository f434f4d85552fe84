// An open folder as a store that React can read: how it stands, its rows as far as they are looked at, what is chosen.
// What is in it, in which order, and what of it is chosen is decided and kept by the backend; here is a view of it.
import type { Backend, FolderId, ProfileId } from "./backend";
import type {
  AppError,
  Arrangement,
  Depth,
  FolderRow,
  FolderState,
  Place,
  RowRef,
  SelectAct,
  Selected,
} from "./bindings";
import { toAppError } from "./errors";
import { isWhole, keepRows, type Rows, type RowsKept } from "./rows";

export interface FolderAddress {
  profile: ProfileId;
  place: Place;
  depth: Depth;
}

export interface FolderView {
  /** How it stands; null until that is known. */
  state: FolderState | null;
  /** Why it could not be opened, arranged or read. */
  error: AppError | null;
}

export interface OpenFolder extends FolderAddress {
  rows: Rows;
  /** Opens it; what is answered closes it. It can be opened again after that. */
  start(arrangement: Arrangement): () => void;
  view(): FolderView;
  selected(): Selected;
  subscribe(listener: () => void): () => void;
  arrange(arrangement: Arrangement): void;
  /** What the backend calls it; null once it is closed. */
  id(): Promise<FolderId | null>;
  /** One act after the other; those whose outcome a later one replaces are left out. */
  select(act: SelectAct): Promise<Selected>;
  /** Whether every act is answered, so that what is chosen is known. */
  isSettled(): boolean;
  /** What is chosen, once every act is answered, because rows show at once what an act will leave; null if one was not. */
  settled(): Promise<Selected | null>;
  /** The row at this position, as soon as it is there. */
  rowAt(position: number): Promise<FolderRow | null>;
  find(row: RowRef): Promise<number | null>;
  typeAhead(text: string, from: number): Promise<number | null>;
  /** Reads it anew, or on where it was stopped; does again what had failed. */
  reload(): void;
  stop(): void;
}

export const nothing: Selected = {
  selection: { revision: 0, files: 0, folders: 0, bytes: 0 },
  entries: [],
};
export const countOf = ({ selection: { files, folders } }: Selected) => files + folders;
export const unknown: FolderView = { state: null, error: null };

/** Stands in `open` for as long as it is. */
export const newOpenFolder = (
  backend: Backend,
  address: FolderAddress,
  open: Set<OpenFolder>,
): OpenFolder => new Opened(backend, address, open);

/** One life of it, from its opening to its closing. */
interface Run {
  /** As it is wished. */
  arrangement: Arrangement;
  /** As it was asked for at last, unless that failed. */
  arranged: Arrangement | null;
  isArranging: boolean;
  id: Promise<FolderId>;
}

interface AskedAct {
  act: SelectAct;
  settle: (revision: number | null) => void;
  done: (selected: Selected) => void;
}

class Opened implements OpenFolder {
  readonly profile: ProfileId;
  readonly place: Place;
  readonly depth: Depth;
  readonly rows: RowsKept;
  private readonly listeners = new Set<() => void>();
  private run: Run | null = null;
  private seen = unknown;
  private chosen = nothing;
  /** Whether what is chosen is being asked for, and whether once more is due. */
  private choosing: "no" | "asked" | "again" = "no";
  /** Not begun yet. */
  private readonly acts: AskedAct[] = [];
  private isSelecting = false;
  /** Whether the last one was answered. */
  private selecting = Promise.resolve(true);

  constructor(
    private readonly backend: Backend,
    { profile, place, depth }: FolderAddress,
    private readonly open: Set<OpenFolder>,
  ) {
    this.profile = profile;
    this.place = place;
    this.depth = depth;
    const fetch = (from: number, count: number) =>
      this.ask((id) => this.backend.folderRows(id, from, count));
    this.rows = keepRows(fetch, () => this.tell());
  }

  readonly view = () => this.seen;
  readonly selected = () => this.chosen;
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  start(arrangement: Arrangement): () => void {
    this.begin(arrangement);
    this.open.add(this);
    return () => {
      this.open.delete(this);
      const over = this.run;
      this.run = null;
      // It may not even have been opened.
      over?.id.then((id) => this.backend.closeFolder(id)).catch(() => undefined);
    };
  }

  arrange(arrangement: Arrangement) {
    const { run } = this;
    if (run === null || sameArrangement(arrangement, run.arrangement)) return;
    run.arrangement = arrangement;
    this.arrangeIn(run);
  }

  select(act: SelectAct): Promise<Selected> {
    return new Promise((done) => {
      const settle = this.rows.foresee(act);
      for (const { settle, done } of isWhole(act) ? this.acts.splice(0) : []) {
        settle(0);
        done(this.chosen);
      }
      this.acts.push({ act, settle, done });
      if (!this.isSelecting) this.selecting = this.selectAsAsked();
    });
  }

  readonly isSettled = () => !this.isSelecting;

  async settled(): Promise<Selected | null> {
    const isAnswered = this.isSettled() || (await this.selecting);
    return isAnswered ? this.chosen : null;
  }

  async rowAt(position: number): Promise<FolderRow | null> {
    const known = this.rows.current(position);
    if (known !== undefined) return known;
    const answer = await this.ask((id) => this.backend.folderRows(id, position, 1)).catch(
      () => null,
    );
    return answer?.rows[0] ?? null;
  }

  find(row: RowRef): Promise<number | null> {
    return this.ask((id) => this.backend.findRow(id, row)).catch(() => null);
  }

  typeAhead(text: string, from: number): Promise<number | null> {
    return this.ask((id) => this.backend.typeAhead(id, text, from)).catch(() => null);
  }

  id() {
    return this.ask(async (id) => id).catch(() => null);
  }

  reload() {
    const { run, seen } = this;
    if (run === null) return;
    if (seen.state === null && seen.error !== null) this.begin(run.arrangement);
    else if (run.arranged !== run.arrangement) this.arrangeIn(run);
    else
      this.ask((id) => this.backend.reloadFolder(id)).catch((rejection) =>
        this.fail(run, rejection),
      );
  }

  stop() {
    this.ask((id) => this.backend.stopFolder(id)).catch(() => undefined);
  }

  private begin(arrangement: Arrangement) {
    this.seen = unknown;
    this.chosen = nothing;
    this.rows.forget();
    const { profile, place, depth } = this;
    const onState = (state: FolderState) => this.run === run && this.heed(state);
    // Not at once: a state may come first, and asks for rows of it.
    const id = Promise.resolve().then(() =>
      this.backend.openFolder(profile, place, depth, arrangement, onState),
    );
    const run: Run = { arrangement, arranged: arrangement, isArranging: false, id };
    this.run = run;
    id.catch((rejection) => this.fail(run, rejection));
  }

  private fail(run: Run, rejection: unknown) {
    if (this.run !== run) return;
    this.seen = { ...this.seen, error: toAppError(rejection) };
    this.tell();
  }

  private arrangeIn(run: Run) {
    if (!run.isArranging) void this.arrangeAsWished(run);
  }

  /** One after the other, because commands may overtake each other; only the latest wish counts. */
  private async arrangeAsWished(run: Run) {
    run.isArranging = true;
    for (let done: Arrangement | null = null; done !== run.arrangement; ) {
      const wished: Arrangement = run.arrangement;
      done = wished;
      run.arranged = wished;
      await this.ask((id) => this.backend.arrangeFolder(id, wished)).then(
        (state) => this.heed(state),
        (rejection) => {
          run.arranged = null;
          this.fail(run, rejection);
        },
      );
    }
    run.isArranging = false;
  }

  private async selectAsAsked(): Promise<boolean> {
    let isAnswered = true;
    this.isSelecting = true;
    for (let next = this.acts.shift(); next; next = this.acts.shift()) {
      const { act, settle, done } = next;
      const chosen = await this.ask((id) => this.backend.selectRows(id, act)).catch(() => null);
      isAnswered = chosen !== null;
      if (chosen !== null) this.choose(chosen);
      settle(chosen?.selection.revision ?? null);
      done(this.chosen);
    }
    this.isSelecting = false;
    return isAnswered;
  }

  /** Rejects when it was closed meanwhile. */
  private async ask<Answer>(question: (id: FolderId) => Promise<Answer>): Promise<Answer> {
    const { run } = this;
    if (run === null) throw new Error("not open");
    const answer = await question(await run.id);
    if (this.run !== run) throw new Error("closed meanwhile");
    return answer;
  }

  private heed(state: FolderState) {
    const known = this.seen.state;
    // States and answers come on ways of their own, and may overtake each other.
    if (known !== null && state.sequence <= known.sequence) return;
    // What was refused is owed until it is asked for again.
    const owed = this.run?.arranged === null ? this.seen.error : null;
    this.seen = { state, error: state.error ?? owed };
    this.rows.heed(state);
    this.tell();
    const { selection, entries } = this.chosen;
    const isElsewhere = state.generation !== known?.generation && entries.length > 1;
    if (state.selection.revision > selection.revision || isElsewhere) this.askWhatIsChosen();
  }

  private askWhatIsChosen() {
    if (this.choosing !== "no") {
      this.choosing = "again";
      return;
    }
    this.choosing = "asked";
    this.ask((id) => this.backend.selectedRows(id))
      .then(
        (selected) => this.choose(selected),
        () => undefined,
      )
      .finally(() => {
        const isDue = this.choosing === "again";
        this.choosing = "no";
        if (isDue) this.askWhatIsChosen();
      });
  }

  private choose(selected: Selected) {
    if (selected.selection.revision < this.chosen.selection.revision) return;
    this.chosen = selected;
    this.tell();
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }
}

const sameArrangement = (a: Arrangement, b: Arrangement) =>
  a.sort === b.sort &&
  a.descending === b.descending &&
  a.search === b.search &&
  a.locale === b.locale;
