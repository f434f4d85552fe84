// Where rows are in a list that may be taller than an element can be. Engines cut an element off at some 33 million
// pixels, and are a pixel or two off long before; above a limit, the scroll bar stands for more than it is long. Every
// row can still be reached, and a step of the wheel or of a key is as long as anywhere.

export const ROW = 41;
export const HEAD = 33;

/** Below this, 24 bits of a float hold every pixel; of the screen, because some engines count in those. */
const TALLEST = 16_000_000;

export interface Scale {
  /** How far the list can be scrolled, in pixels of rows. */
  furthest: number;
  /** How far the scroll bar can. */
  furthestBar: number;
  /** How tall the element is that is scrolled. */
  height: number;
}

/** For so many rows, seen through a view of this height, where so many pixels of the screen make one. */
export function scaleOf(count: number, view: number, ratio = 1): Scale {
  const tall = HEAD + count * ROW;
  const height = Math.min(tall, TALLEST / Math.max(1, ratio));
  return {
    furthest: Math.max(0, tall - view),
    furthestBar: Math.max(0, height - view),
    height,
  };
}

export const isScaled = ({ furthest, furthestBar }: Scale) => furthest !== furthestBar;

export const within = ({ furthest }: Scale, offset: number) =>
  Math.max(0, Math.min(furthest, offset));

/** Where the scroll bar stands for an offset of the rows. */
export const barFor = ({ furthest, furthestBar }: Scale, offset: number) =>
  furthest === 0 ? 0 : (offset * furthestBar) / furthest;

/** Whether the scroll bar would be seen to move, or to reach an end: by a pixel of its own, which is many of the list's. */
export function isBarDue({ height, furthestBar, furthest }: Scale, from: number, to: number) {
  const isEnd = to < 1 || to > furthestBar - 1;
  const pixel = furthest === furthestBar ? 0 : height / (height - furthestBar);
  return isEnd || Math.abs(to - from) >= pixel;
}

/** The offset of the rows for where the scroll bar stands. */
export const offsetFor = (scale: Scale, bar: number) =>
  scale.furthestBar === 0
    ? 0
    : within(scale, Math.round((bar * scale.furthest) / scale.furthestBar));

export interface Range {
  from: number;
  until: number;
}

/** Drawn beyond what is seen, on each side. The range moves by single rows: many at once would make one frame late. */
const MARGIN = 6;

/** The rows to draw. */
export function rangeAt(count: number, view: number, offset: number): Range {
  const from = Math.max(0, Math.floor(offset / ROW) - MARGIN);
  const seen = Math.ceil(Math.max(0, view - HEAD) / ROW) + 1;
  return { from: Math.min(from, count), until: Math.min(count, from + seen + 2 * MARGIN) };
}

/** How far to scroll so that a row is seen; where it is seen already, no further. */
export function offsetToSee(
  position: number,
  view: number,
  offset: number,
  how: "nearest" | "middle",
): number {
  const top = position * ROW;
  const room = view - HEAD;
  if (top >= offset && top + ROW <= offset + room) return offset;
  if (how === "middle") return top - (room - ROW) / 2;
  return top < offset ? top : top + ROW - room;
}

/** Whole rows that are seen at once, but one: what a page key moves by. */
export const pageOf = (view: number) => Math.max(1, Math.floor((view - HEAD) / ROW) - 1);
