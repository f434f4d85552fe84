// How fast each transfer is and how long it will go on, from the absolute figures of its events. What is shown counts
// down by itself and is put right in small steps, because a figure that jumps is believed by nobody.
import type { TransferId } from "./backend";
import type { Transfer } from "./bindings";
import type { Clock } from "./context";
import type { Transfers } from "./transfers";

export interface Pace {
  /** Bytes a second. */
  speed: number;
  secondsLeft: number;
}

interface Sample {
  /** Milliseconds. */
  at: number;
  bytes: number;
}

/** What is remembered of one transfer. */
export interface Track {
  samples: readonly Sample[];
  /** What is shown, and since when; null while it is too early to tell. */
  shown: { pace: Pace; at: number } | null;
}

const WINDOW_MS = 12_000;
/** The first moments say nothing about the rest. */
const SETTLING_MS = 2_000;
const STEP_MS = 1_000;
/** An estimate this near to what is shown changes nothing. */
const NEAR = 0.12;
/** Otherwise what is shown goes this part of the way to it. */
const CORRECTION = 0.3;

export const newTrack: Track = { samples: [], shown: null };

export function observe(track: Track, transfer: Transfer, now: number): Track {
  const { state, bytesSent: bytes, bytesTotal } = transfer;
  if (state !== "uploading") return newTrack;
  const before = track.samples.at(-1);
  // A file that was started again takes its bytes back: the speed of before says nothing of it.
  const known = before && bytes < before.bytes ? newTrack : track;
  const samples = within([...known.samples, { at: now, bytes }], now);
  if (known.shown && now - known.shown.at < STEP_MS) return { samples, shown: known.shown };
  const pace = paceOf(samples, bytesTotal - bytes, now);
  if (pace === null) return { samples, shown: null };
  return { samples, shown: { pace: calm(known.shown, pace, now), at: now } };
}

/** One sample from before the window stays, so that the window is always full. */
function within(samples: readonly Sample[], now: number): readonly Sample[] {
  const first = samples.findLastIndex(({ at }) => at <= now - WINDOW_MS);
  return first <= 0 ? samples : samples.slice(first);
}

function paceOf(samples: readonly Sample[], bytesLeft: number, now: number): Pace | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || now - first.at < SETTLING_MS || last.bytes === first.bytes) return null;
  const speed = ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
  return { speed, secondsLeft: bytesLeft / speed };
}

function calm(shown: Track["shown"], { speed, secondsLeft }: Pace, now: number): Pace {
  if (shown === null) return { speed, secondsLeft };
  const expected = Math.max(0, shown.pace.secondsLeft - (now - shown.at) / 1000);
  return {
    speed: nearer(shown.pace.speed, speed),
    secondsLeft: nearer(expected, secondsLeft),
  };
}

function nearer(shown: number, estimate: number): number {
  const off = estimate - shown;
  return Math.abs(off) <= NEAR * Math.max(shown, 1) ? shown : shown + CORRECTION * off;
}

export interface Paces {
  current(): ReadonlyMap<TransferId, Pace>;
  subscribe(listener: () => void): () => void;
}

/** Follows the transfers wherever the window is, so that a screen that opens later can tell at once. */
export function watchPaces(transfers: Transfers, clock: Clock): Paces {
  let tracks = new Map<TransferId, Track>();
  let paces: ReadonlyMap<TransferId, Pace> = new Map();
  const follow = () => {
    const now = clock();
    const known = transfers.current();
    tracks = new Map(known.map((one) => [one.id, follows(tracks.get(one.id), one, now)]));
    paces = new Map([...tracks].flatMap(([id, { shown }]) => (shown ? [[id, shown.pace]] : [])));
  };
  follow();
  transfers.subscribe(follow);
  return { current: () => paces, subscribe: transfers.subscribe };
}

/** Each event is about one transfer; of the others it says nothing new. */
function follows(track: Track | undefined, transfer: Transfer, now: number): Track {
  const last = track?.samples.at(-1);
  const isNews = last?.bytes !== transfer.bytesSent || transfer.state !== "uploading";
  return isNews || !track
    ? observe(track ?? newTrack, transfer, now)
    : waited(track, transfer, now);
}

/** Bytes that do not come are news too, once a second. */
const waited = (track: Track, transfer: Transfer, now: number): Track =>
  now - (track.samples.at(-1)?.at ?? now) < STEP_MS ? track : observe(track, transfer, now);
