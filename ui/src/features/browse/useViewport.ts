// The part of a long list that is seen. Rows are drawn in a pane that stays where it is while the scroll bar moves, so
// nothing is ever blank; scrolling moves the rows in it without React, which draws only when other rows are due.
import {
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import {
  barFor,
  isBarDue,
  isScaled,
  offsetFor,
  offsetToSee,
  pageOf,
  type Range,
  ROW,
  rangeAt,
  type Scale,
  scaleOf,
  within,
} from "./scroll";

export interface Viewport {
  range: Range;
  /** Of the element that is scrolled. */
  height: number;
  /** Of what is seen. */
  view: number;
  onScroll: () => void;
  reveal: (position: number, how: "nearest" | "middle") => void;
  toTop: () => void;
  /** Rows that a page key moves by. */
  page: number;
}

const FIRST_GUESS = 600;
const PIXELS_A_LINE = 40;

export function useViewport(
  scroller: RefObject<HTMLElement | null>,
  body: RefObject<HTMLElement | null>,
  count: number,
  /** The person scrolls. */
  onLook: () => void,
): Viewport {
  const view = useHeight(scroller);
  const scale = useMemo(() => scaleOf(count, view, window.devicePixelRatio), [count, view]);
  const [range, setRange] = useState(() => rangeAt(count, view, 0));
  // The exact offset of the rows; the scroll bar may be coarser.
  const at = useRef({ offset: 0, bar: 0, drawn: range });

  const place = useCallback(() => {
    const { offset, drawn } = at.current;
    const due = rangeAt(count, view, offset);
    const isDrawn = due.from === drawn.from && due.until === drawn.until;
    if (!isDrawn) setRange(due);
    shift(body.current, drawn, offset);
  }, [body, count, view]);

  const putBar = useCallback(() => {
    if (scroller.current === null) return;
    scroller.current.scrollTop = barFor(scale, at.current.offset);
    at.current.bar = scroller.current.scrollTop;
  }, [scroller, scale]);

  const scrollTo = useCallback(
    (wished: number) => {
      const offset = within(scale, wished);
      at.current.offset = offset;
      // Moving it has the whole list laid out again, which is half a frame.
      if (isBarDue(scale, at.current.bar, barFor(scale, offset))) putBar();
      place();
    },
    [scale, place, putBar],
  );

  const onScroll = () => {
    const bar = scroller.current?.scrollTop ?? 0;
    // Our own scrolling is answered by an event, too, and knows better.
    if (Math.abs(bar - at.current.bar) < 1) return;
    at.current = { ...at.current, bar, offset: offsetFor(scale, bar) };
    place();
    onLook();
  };

  useLayoutEffect(() => {
    at.current.drawn = range;
    shift(body.current, range, at.current.offset);
  }, [body, range]);

  // Other rows, or more room: what was seen stays seen, as far as it is there.
  useLayoutEffect(() => {
    scrollTo(at.current.offset);
    putBar();
  }, [scrollTo, putBar]);
  useExactWheel(scroller, scale, (by) => {
    scrollTo(at.current.offset + by);
    onLook();
  });

  return {
    ...{ view, onScroll, height: scale.height, page: pageOf(view) },
    range: { from: Math.min(range.from, count), until: Math.min(range.until, count) },
    reveal: (position, how) => scrollTo(offsetToSee(position, view, at.current.offset, how)),
    toTop: () => scrollTo(0),
  };
}

function shift(body: HTMLElement | null, drawn: Range, offset: number) {
  if (body) body.style.transform = `translateY(${drawn.from * ROW - Math.round(offset)}px)`;
}

/** Where the scroll bar stands for more than it is long, the wheel moves the rows and they move the bar. */
function useExactWheel(
  scroller: RefObject<HTMLElement | null>,
  scale: Scale,
  onTurn: (by: number) => void,
) {
  const turn = useEffectEvent(onTurn);
  const isNeeded = isScaled(scale);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || !isNeeded) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = [1, PIXELS_A_LINE, element.clientHeight][event.deltaMode] ?? 1;
      turn(event.deltaY * unit);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [scroller, isNeeded]);
}

function useHeight(scroller: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(FIRST_GUESS);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setHeight(element.clientHeight || FIRST_GUESS);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return height;
}
