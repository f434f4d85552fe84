// The keys of a file manager, as far as they are about the rows. What works everywhere in the window is in
// `app/useShortcuts`.
import { type KeyboardEvent, useRef } from "react";
import { hasCommand, isMac } from "../../i18n/platform";
import type { Entry, SelectAct } from "../../ipc/bindings";
import type { OpenFolder } from "../../ipc/openFolder";
import type { Cursor, Going } from "./useCursor";

interface Options {
  folder: OpenFolder;
  cursor: Cursor;
  count: number;
  /** Rows that a page key moves by. */
  page: number;
  goTo: (at: number, how: Going, entry?: Entry | null) => void;
  onChoose: (act: SelectAct) => void;
  onEnter: () => void;
  onEscape: () => void;
}

export function useGridKeys(options: Options) {
  const { cursor, count, page, goTo } = options;
  const type = useTyping(options);

  const onKeyDown = (event: KeyboardEvent) => {
    const act = actFor(event, hasCommand(event));
    if (act === null) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  return { onKeyDown, endTyping: type.end };

  function actFor(event: KeyboardEvent, isCommand: boolean): (() => void) | null {
    const { key, shiftKey, altKey } = event;
    if (isOfThirdLevel(event)) return key.length === 1 ? () => type.add(event) : null;
    if (altKey) return null;
    if (isMac() && isCommand && key === "ArrowDown") return options.onEnter;
    const aim = aimOf(key, cursor, count, page);
    if (aim !== null)
      return () => {
        type.end();
        goTo(aim, goingOf(shiftKey, isCommand));
      };
    if (isCommand && !shiftKey && key.toLowerCase() === "a")
      return () => options.onChoose({ act: "all" });
    if (key === " " && (isCommand || event.ctrlKey))
      return () => goTo(cursor.at, "toggle", cursor.entry);
    if (isCommand || event.ctrlKey || event.metaKey) return null;
    if (key === "Enter") return options.onEnter;
    if (key === "Escape") return options.onEscape;
    if (key === " " && !type.isUnderWay(event))
      return () => goTo(cursor.at, "choose", cursor.entry);
    return key.length === 1 ? () => type.add(event) : null;
  }
}

/** A letter that a keyboard has behind Option or AltGr; AltGr may look like Control with Alt. */
const isOfThirdLevel = (event: KeyboardEvent) =>
  isMac()
    ? event.altKey && !event.metaKey && !event.ctrlKey
    : event.getModifierState("AltGraph") && event.key !== "AltGraph";

function aimOf(key: string, { at, entry }: Cursor, count: number, page: number): number | null {
  // Where nobody has been yet, the first step goes to the first row.
  const next = entry === null && at === 0 ? 0 : at + 1;
  const aims: Record<string, number> = {
    ArrowDown: next,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
    PageDown: at + page,
    PageUp: at - page,
  };
  return aims[key] ?? null;
}

function goingOf(isShift: boolean, isCommand: boolean): Going {
  // On a Mac, Command with an arrow leads elsewhere, and there is no moving without choosing.
  if (isMac()) return isShift ? "extend" : "choose";
  if (isShift) return isCommand ? "extendMore" : "extend";
  return isCommand ? "move" : "choose";
}

/** A pause of this length begins another name. */
const PAUSE_MS = 1_000;

function useTyping({ folder, cursor, goTo }: Options) {
  const typed = useRef({ text: "", at: Number.NEGATIVE_INFINITY, asked: 0 });
  const isUnderWay = ({ timeStamp }: KeyboardEvent) =>
    typed.current.text !== "" && timeStamp - typed.current.at < PAUSE_MS;
  const add = async (event: KeyboardEvent) => {
    const before = isUnderWay(event) ? typed.current.text : "";
    // The same letter again and again goes from one name to the next.
    const isAgain = before === event.key;
    const text = isAgain ? before : before + event.key;
    const asked = typed.current.asked + 1;
    typed.current = { text, at: event.timeStamp, asked };
    const isFirst = isAgain || text.length === 1;
    const from = cursor.entry === null ? 0 : cursor.at + Number(isFirst);
    const found = await folder.typeAhead(text, from);
    if (found !== null && typed.current.asked === asked) goTo(found, "choose");
  };
  /** What was asked for is not wanted any more either. */
  const end = () => {
    typed.current.text = "";
    typed.current.asked += 1;
  };
  return { isUnderWay, add, end };
}
