import { expect, test } from "vitest";
import {
  barFor,
  HEAD,
  isBarDue,
  isScaled,
  offsetFor,
  offsetToSee,
  pageOf,
  ROW,
  rangeAt,
  scaleOf,
} from "./scroll";

const VIEW = 600;
const MILLION = 1_000_000;

test("a list that fits an element is scrolled as it is", () => {
  const scale = scaleOf(1_000, VIEW);
  expect(isScaled(scale)).toBe(false);
  expect(scale.height).toBe(HEAD + 1_000 * ROW);
  for (const at of [0, 1, 12_345, scale.furthest]) {
    expect(barFor(scale, at)).toBe(at);
    expect(offsetFor(scale, at)).toBe(at);
  }
});

test("a longer one reaches exactly its first and its last row, from any height of the window", () => {
  for (const view of [300, 600, 601, 1_999]) {
    const scale = scaleOf(MILLION, view);
    expect(isScaled(scale)).toBe(true);
    expect(scale.height).toBeLessThan(33_554_428);
    expect(offsetFor(scale, 0)).toBe(0);
    expect(offsetFor(scale, scale.furthestBar)).toBe(scale.furthest);
    // The last row ends where the view does.
    expect(MILLION * ROW - scale.furthest).toBe(view - HEAD);
    expect(rangeAt(MILLION, view, scale.furthest).until).toBe(MILLION);
    expect(barFor(scale, scale.furthest)).toBe(scale.furthestBar);
  }
});

test("where a pixel of the page is several of the screen, those are counted", () => {
  const scale = scaleOf(MILLION, VIEW, 2.5);
  expect(scale.height * 2.5).toBeLessThanOrEqual(scaleOf(MILLION, VIEW).height);
  expect(offsetFor(scale, scale.furthestBar)).toBe(scale.furthest);
});

test("the scroll bar never moves against the rows", () => {
  const scale = scaleOf(MILLION, VIEW);
  let before = -1;
  for (let offset = 0; offset <= scale.furthest; offset += 99_991) {
    const bar = barFor(scale, offset);
    expect(bar).toBeGreaterThan(before);
    expect(Math.abs(offsetFor(scale, bar) - offset)).toBeLessThan(1);
    before = bar;
  }
});

test("what is drawn covers what is seen, wherever that is, and is never many", () => {
  for (let offset = 0; offset < 400 * ROW; offset += 7) {
    const { from, until } = rangeAt(500, VIEW, offset);
    expect(from * ROW).toBeLessThanOrEqual(offset);
    expect(until * ROW).toBeGreaterThanOrEqual(Math.min(500 * ROW, offset + VIEW - HEAD));
    expect(until - from).toBeLessThan(40);
  }
  expect(rangeAt(0, VIEW, 0)).toEqual({ from: 0, until: 0 });
  expect(rangeAt(3, VIEW, 0)).toEqual({ from: 0, until: 3 });
});

test("the scroll bar is moved where that is seen, and to its very ends", () => {
  const scale = scaleOf(MILLION, VIEW);
  const pixel = scale.height / VIEW;
  expect(isBarDue(scale, 5_000, 5_000 + pixel / 2)).toBe(false);
  expect(isBarDue(scale, 5_000, 5_000 - pixel)).toBe(true);
  expect(isBarDue(scale, 10, 0)).toBe(true);
  expect(isBarDue(scale, scale.furthestBar - 10, scale.furthestBar)).toBe(true);
  // Where it stands for as much as it is long, it moves the rows itself.
  expect(isBarDue(scaleOf(1_000, VIEW), 100, 101)).toBe(true);
});

test("a row is brought into sight by as little as it takes", () => {
  const room = VIEW - HEAD;
  expect(offsetToSee(3, VIEW, 0, "nearest")).toBe(0);
  expect(offsetToSee(100, VIEW, 0, "nearest")).toBe(101 * ROW - room);
  expect(offsetToSee(100, VIEW, 200 * ROW, "nearest")).toBe(100 * ROW);
  expect(offsetToSee(100, VIEW, 0, "middle")).toBe(100 * ROW - (room - ROW) / 2);
  expect(pageOf(VIEW)).toBe(12);
});
