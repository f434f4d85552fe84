import { expect, test } from "vitest";
import { transferOf } from "../testing/world";
import { newTrack, observe, type Track } from "./pace";

const TOTAL = 300_000_000;
const SPEED = 1_000_000;

/** What is shown at each quarter of a second, of bytes that come as `bytesAt` says. */
function shownOf(bytesAt: (second: number) => number, seconds: number) {
  let track: Track = newTrack;
  const shown: (Track["shown"] & { second: number })[] = [];
  for (let second = 0; second <= seconds; second += 0.25) {
    const transfer = transferOf(1, { bytesSent: bytesAt(second), bytesTotal: TOTAL });
    track = observe(track, transfer, second * 1000);
    if (track.shown) shown.push({ ...track.shown, second });
  }
  return shown;
}

test("a steady speed gives a steady countdown, and nothing before two seconds have passed", () => {
  const shown = shownOf((second) => second * SPEED, 60);
  expect(shown[0]?.second).toBe(2);
  for (const { pace, at } of shown) {
    expect(pace.speed).toBeCloseTo(SPEED);
    expect(pace.secondsLeft).toBeCloseTo(300 - at / 1000);
  }
});

test("what is shown changes once a second at most", () => {
  const wild = (second: number) => second * SPEED + (second % 1) * 900_000;
  const times = [...new Set(shownOf(wild, 30).map(({ at }) => at))];
  for (const [at, time] of times.entries())
    if (at > 0) expect(time - (times[at - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test("a second in which nothing comes does not make the figures jump", () => {
  const stalls = (second: number) => (second < 20 ? second : Math.max(20, second - 1)) * SPEED;
  const shown = shownOf(stalls, 60);
  for (const [at, { pace }] of shown.entries()) {
    const before = shown[at - 1]?.pace.secondsLeft ?? pace.secondsLeft;
    expect(Math.abs(pace.secondsLeft - before)).toBeLessThan(5);
    expect(pace.speed).toBeGreaterThan(0.85 * SPEED);
  }
});

test("a speed that really changes is taken over within half a minute", () => {
  const slows = (second: number) => (second < 20 ? second : 20 + (second - 20) / 4) * SPEED;
  const last = shownOf(slows, 50).at(-1);
  expect(last?.pace.speed).toBeLessThan(0.3 * SPEED);
});

test.each(["paused", "waiting"] as const)("being %s begins anew", (state) => {
  let track = newTrack;
  for (const second of [0, 1, 2, 3])
    track = observe(
      track,
      transferOf(1, { bytesSent: second * SPEED, bytesTotal: TOTAL }),
      second * 1000,
    );
  expect(track.shown).not.toBeNull();
  expect(observe(track, transferOf(1, { state }), 4_000)).toEqual(newTrack);
});

test("bytes that are taken back, because a file changed, begin anew", () => {
  let track = newTrack;
  for (const [at, bytesSent] of [5e6, 6e6, 7e6, 1e6].entries())
    track = observe(track, transferOf(1, { bytesSent, bytesTotal: TOTAL }), at * 1000);
  expect(track.shown).toBeNull();
});
