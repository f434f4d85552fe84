// Open folders in memory, for `fake.ts`: read in steps, arranged, chosen from, shown in windows of rows. It keeps the
// rules that the window can see: a state is whole and replaces the one before, rows that have moved change the
// generation, and what is chosen stays chosen in another order.
import type { Backend } from "./backend";
import type {
  AppError,
  Arrangement,
  Depth,
  Destination,
  Entry,
  FolderState,
  Place,
  RowRef,
  SelectAct,
  Selected,
  Selection,
} from "./bindings";
import { refOf, sameRef } from "./rows";

/** A folder so long that its entries are made when they are looked at; in the order of their names. */
export interface Made {
  length: number;
  at(position: number): Entry | undefined;
  /** The position of an entry, or -1. */
  find(row: RowRef): number;
}
export type Contents = readonly Entry[] | Made;

export interface FolderWorld {
  /** What is in a place, by "bucket/prefix"; a place that is not here is missing. */
  folders: Record<string, Contents | AppError>;
  /** How many entries are read before `readOn` is awaited. */
  readsAtOnce: number;
  /** What the next step of reading ends with. */
  readError: AppError | null;
}

type Answer = <Made>(
  call: [keyof Backend, ...unknown[]],
  make: () => Made | AppError,
) => Promise<Made>;

type FolderMethods = Pick<
  Backend,
  | "openFolder"
  | "arrangeFolder"
  | "folderRows"
  | "selectRows"
  | "selectedRows"
  | "findRow"
  | "typeAhead"
  | "reloadFolder"
  | "stopFolder"
  | "closeFolder"
  | "destination"
  | "recentPlaces"
>;

type Chosen = ReadonlyMap<string, Entry>;

interface Open {
  place: Place;
  depth: Depth;
  arrangement: Arrangement;
  tell: (state: FolderState) => void;
  /** All that has been read. */
  read: Contents;
  /** What has been read anew; it takes the place of that once it is all. */
  fresh: Contents | null;
  shown: Contents;
  chosen: Chosen;
  state: FolderState;
}

export interface FakeFolders extends FolderMethods {
  /** Reads one step more of every folder that is being read. */
  readOn(): void;
  /** Shows what the app has changed in the world. */
  showChanges(): void;
}

const FIRST = 1000;
const nobody: Selection = { revision: 0, files: 0, folders: 0, bytes: 0 };
const unread: FolderState = {
  ...{ sequence: 0, search: "", shown: 0, loaded: 0, scanned: 0, generation: 0 },
  ...{ error: null, selection: nobody },
  ...{ isReading: true, isComplete: false, isArranged: true, isCut: false },
};
const none: Entry[] = [];

export function fakeFolders(world: FolderWorld, answer: Answer): FakeFolders {
  const opened = new Map<number, Open>();
  const recent: Place[] = [];
  let latest = 0;
  const of = (id: number) => {
    const open = opened.get(id);
    if (open === undefined) throw new Error(`folder ${id} is closed`);
    return open;
  };
  const choose = (open: Open, chosen: Chosen) => {
    open.chosen = chosen;
    const selection = { ...figures(open), revision: open.state.selection.revision + 1 };
    publish(open, { selection });
    return selectedOf(open);
  };

  return {
    readOn: () => {
      for (const open of opened.values()) if (open.state.isReading) step(world, open);
    },
    showChanges: () => {
      for (const open of opened.values()) if (open.state.isComplete) step(world, open);
    },
    openFolder: (profile, place, depth, arrangement, onState) =>
      answer(["openFolder", profile, place, depth, arrangement], () => {
        latest += 1;
        const open = {
          ...{ place, depth, arrangement, tell: onState, chosen: new Map() },
          ...{ read: none, fresh: null, shown: none, state: unread },
        };
        opened.set(latest, open);
        if (depth === "here") recent.unshift(place);
        publish(open, { search: searchOf(arrangement) });
        step(world, open);
        return latest;
      }),
    arrangeFolder: (id, arrangement) =>
      answer(["arrangeFolder", id, arrangement], () => {
        const open = of(id);
        open.arrangement = arrangement;
        const search = searchOf(arrangement);
        if (open.depth === "below" && search !== open.state.search) {
          // Only what matched has been kept.
          Object.assign(open, { read: none, fresh: null });
          show(open, none);
          const generation = open.state.generation + 1;
          publish(open, { search, generation, isReading: true, isComplete: false, error: null });
          step(world, open);
          return open.state;
        }
        const isOther = show(open, arranged(open.read, arrangement));
        publish(open, { search, generation: open.state.generation + Number(isOther) });
        return open.state;
      }),
    folderRows: (id, from, count) =>
      answer(["folderRows", id, from, count], () => {
        const { shown, chosen, state } = of(id);
        const until = Math.max(from, Math.min(from + count, shown.length));
        const rows = slice(shown, from, until).map((entry) => ({
          entry,
          isSelected: chosen.has(idOf(entry)),
        }));
        return { generation: state.generation, revision: state.selection.revision, from, rows };
      }),
    selectRows: (id, act) =>
      answer(["selectRows", id, act], () => choose(of(id), after(of(id), act))),
    selectedRows: (id) => answer(["selectedRows", id], () => selectedOf(of(id))),
    findRow: (id, row) => answer(["findRow", id, row], () => orNull(positionOf(of(id).shown, row))),
    typeAhead: (id, text, from) =>
      answer(["typeAhead", id, text, from], () => {
        const { shown } = of(id);
        const later = beginning(shown, text, from);
        return orNull(later === -1 ? beginning(shown, text, 0) : later);
      }),
    reloadFolder: (id) =>
      answer(["reloadFolder", id], () => {
        const open = of(id);
        const { isReading, isComplete, error } = open.state;
        const isStopped = !isReading && !isComplete && error === null;
        if (!isStopped) open.fresh = none;
        const { scanned } = isStopped ? open.state : unread;
        publish(open, { isReading: true, error: null, scanned });
        step(world, open);
        return undefined;
      }),
    stopFolder: (id) =>
      answer(["stopFolder", id], () => {
        const open = of(id);
        if (open.state.isComplete) open.fresh = null;
        publish(open, { isReading: false });
        return undefined;
      }),
    closeFolder: (id) =>
      answer(["closeFolder", id], () => {
        opened.delete(id);
        return undefined;
      }),
    destination: (profile, address) =>
      answer(["destination", profile, address], () => destinationOf(address)),
    recentPlaces: (profile) =>
      answer(["recentPlaces", profile], () => {
        const isFirst = (place: Place, at: number) =>
          recent.findIndex((one) => nameOf(one) === nameOf(place)) === at;
        return recent.filter(isFirst).slice(0, 20);
      }),
  };
}

function publish(open: Open, change: Partial<FolderState>) {
  open.state = { ...open.state, ...change, sequence: open.state.sequence + 1 };
  open.tell(open.state);
}

/** Reads as many entries as the world allows at once, or ends. */
function step(world: FolderWorld, open: Open) {
  const contents = contentsOf(world, open);
  const error = isRefusal(contents) ? contents : world.readError;
  if (error !== null || isRefusal(contents)) return publish(open, { isReading: false, error });
  const before = open.fresh ?? open.read;
  const scanned = Math.min(contents.length, before.length + world.readsAtOnce);
  const isAll = scanned === contents.length;
  const isReading = !isAll;
  if (!isAll && open.fresh !== null) {
    open.fresh = slice(contents, 0, scanned);
    return publish(open, { scanned, isReading, error: null });
  }
  const later = isAll ? none : slice(contents, open.read.length, scanned);
  open.read = isAll ? contents : slice(contents, 0, scanned);
  open.fresh = null;
  // Until all is there, what comes stands at the end.
  const shown = isAll
    ? arranged(contents, open.arrangement)
    : [...all(open.shown), ...all(arranged(later, open.arrangement))];
  const isOther = show(open, shown);
  publish(open, {
    ...{ isReading, isComplete: isAll, error: null },
    isArranged: isAll || scanned <= world.readsAtOnce,
    generation: open.state.generation + Number(isOther),
  });
}

/** Whether rows that were shown look or stand otherwise now. */
function show(open: Open, shown: Contents): boolean {
  const before = open.shown;
  open.shown = shown;
  // What is gone, or hidden by a search, is not chosen any more.
  const stays = ([, entry]: [string, Entry]) => positionOf(shown, refOf({ entry })) !== -1;
  const kept = new Map([...open.chosen].filter(stays));
  const isLess = kept.size < open.chosen.size;
  open.chosen = kept;
  const { revision } = open.state.selection;
  open.state = {
    ...open.state,
    ...{ shown: shown.length, scanned: open.read.length },
    // Below a folder, only what matches is kept.
    loaded: open.depth === "below" ? shown.length : open.read.length,
    selection: { ...figures(open), revision: revision + Number(isLess) },
  };
  return before !== shown && position(before, (entry, at) => shown.at(at) !== entry, 0) !== -1;
}

function contentsOf({ folders }: FolderWorld, { place, depth }: Open): Contents | AppError {
  const here = folders[nameOf(place)];
  if (here === undefined)
    return {
      ...{ code: "bucketMissing", params: { bucket: place.bucket } },
      ...{ detail: "NoSuchBucket", reference: "4442587FB7D0A2F9" },
    };
  if (depth === "here" || isRefusal(here)) return here;
  const below = Object.entries(folders).filter(([name]) => name.startsWith(nameOf(place)));
  return below.flatMap(([, contents]) =>
    isRefusal(contents)
      ? []
      : all(contents).flatMap((entry) =>
          entry.kind === "object" ? [{ ...entry, name: entry.key.slice(place.prefix.length) }] : [],
        ),
  );
}

function arranged(entries: Contents, { sort, descending, search, locale }: Arrangement): Contents {
  const words = folded(search).split(/\s+/).filter(Boolean);
  if (!isList(entries) && words.length === 0 && sort === "name" && !descending) return entries;
  const matching = all(entries).filter(({ name }) =>
    words.every((word) => folded(name).includes(word)),
  );
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const value = (entry: Entry) =>
    entry.kind === "folder" ? 0 : sort === "size" ? entry.size : (entry.modifiedAt ?? 0);
  const by = (a: Entry, b: Entry) =>
    (sort === "name" ? 0 : value(a) - value(b)) || compare(a.name, b.name);
  const turned = (a: Entry, b: Entry) => (descending ? by(b, a) : by(a, b));
  return matching.sort((a, b) => (a.kind === b.kind ? turned(a, b) : a.kind === "folder" ? -1 : 1));
}

function after({ shown, chosen }: Open, act: SelectAct): Chosen {
  switch (act.act) {
    case "none":
      return new Map();
    case "all":
      return byId(all(shown));
    case "only":
    case "toggle": {
      const entry = shown.at(positionOf(shown, act.row));
      if (positionOf(shown, act.row) === -1 || entry === undefined) return chosen;
      const one = byId([entry]);
      if (act.act === "only") return one;
      const others = [...chosen].filter(([id]) => !one.has(id));
      return new Map(others.length < chosen.size ? others : [...chosen, ...one]);
    }
    case "range": {
      const ends = [act.from, act.to].map((row) => positionOf(shown, row));
      if (ends.includes(-1)) return chosen;
      const range = byId(slice(shown, Math.min(...ends), Math.max(...ends) + 1));
      return act.adds ? new Map([...chosen, ...range]) : range;
    }
  }
}

function figures({ chosen }: Open): Omit<Selection, "revision"> {
  const files = [...chosen.values()].filter((entry) => entry.kind === "object");
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return { files: files.length, folders: chosen.size - files.length, bytes };
}

function selectedOf({ shown, chosen, state }: Open): Selected {
  const at = (entry: Entry) => positionOf(shown, refOf({ entry }));
  const entries = [...chosen.values()]
    .map((entry) => ({ entry, at: at(entry) }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
  return { selection: state.selection, entries: entries.slice(0, FIRST) };
}

function destinationOf(address: string): Destination | AppError {
  const bare = address.trim().replace(/^s3:\/\//, "");
  const [bucket = "", ...rest] = bare.split("/");
  if (!/^[a-z0-9.-]{3,63}$/.test(bucket))
    return { code: "addressInvalid", params: { address }, detail: null, reference: null };
  const key = rest.join("/");
  const prefix = key.slice(0, key.lastIndexOf("/") + 1);
  return { place: { bucket, prefix }, key: key === prefix ? null : key };
}

const searchOf = ({ search }: Arrangement) => search.trim();
const idOf = (entry: Entry) => {
  const { kind, key } = refOf({ entry });
  return `${kind}:${key}`;
};
const nameOf = ({ bucket, prefix }: Place) => `${bucket}/${prefix}`;
const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const orNull = (at: number) => (at === -1 ? null : at);
const isList = (entries: Contents): entries is readonly Entry[] => Array.isArray(entries);
const isRefusal = (made: Contents | AppError): made is AppError => "code" in made;

function position(
  entries: Contents,
  suits: (entry: Entry, at: number) => boolean,
  from: number,
): number {
  for (let at = from; at < entries.length; at += 1) {
    const entry = entries.at(at);
    if (entry && suits(entry, at)) return at;
  }
  return -1;
}

function positionOf(entries: Contents, row: RowRef): number {
  if (!isList(entries)) return entries.find(row);
  return position(entries, (entry) => sameRef(refOf({ entry }), row), 0);
}

function beginning(entries: Contents, text: string, from: number): number {
  const begins = (entry: Entry | undefined) => folded(entry?.name ?? "").startsWith(folded(text));
  if (isList(entries)) return position(entries, begins, from);
  let [low, high] = [from, entries.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (folded(entries.at(middle)?.name ?? "") < folded(text)) low = middle + 1;
    else high = middle;
  }
  return begins(entries.at(low)) ? low : -1;
}

function slice(entries: Contents, from: number, until: number): Entry[] {
  if (isList(entries)) return entries.slice(from, until);
  return Array.from({ length: until - from }, (_, at) => entries.at(from + at) as Entry);
}

const all = (entries: Contents) => slice(entries, 0, entries.length);
const byId = (entries: readonly Entry[]): Chosen =>
  new Map(entries.map((entry) => [idOf(entry), entry]));
