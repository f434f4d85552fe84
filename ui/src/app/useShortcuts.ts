// The keys that work wherever the focus is, except where text is typed. They are heard before the list hears them,
// because in a list Alt+Up and Backspace would mean something else.
import { useEffect, useEffectEvent } from "react";
import { hasCommand, isMac } from "../i18n/platform";

export interface Shortcuts {
  back: () => void;
  forward: () => void;
  up: () => void;
  reload: () => void;
  /** False when there is nothing to copy, so that the key keeps its usual meaning. */
  copy: () => boolean;
  paste: () => void;
  search: () => void;
  goTo: () => void;
  /** False where there is no search to leave. */
  leaveSearch: () => boolean;
  /** Null where there is nothing to do it with. */
  rename: (() => void) | null;
  remove: (() => void) | null;
  save: (() => void) | null;
  newFolder: (() => void) | null;
}

export function useShortcuts(shortcuts: Shortcuts) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = shortcutFor(event, shortcuts);
    if (act === null || act() === false) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, []);
}

type Act = () => unknown;

function shortcutFor(event: KeyboardEvent, does: Shortcuts): Act | null {
  const withCommand = hasCommand(event) && !event.altKey && !event.shiftKey;
  const withAlt = event.altKey && !event.ctrlKey && !event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "F5" || (withCommand && key === "r")) return does.reload;
  if (withCommand && (key === "k" || key === "f") && !isAsked(event.target))
    return key === "k" ? does.goTo : does.search;
  // Elsewhere it has a meaning of its own; here the focus is nowhere, as after a button that has gone.
  if (key === "Escape" && event.target === document.body) return does.leaveSearch;
  if (isTyping(event.target)) return null;
  const tidying = tidyingFor(event, key, withCommand, does);
  if (tidying !== undefined) return tidying;
  if (withCommand && key === "c") return isTextSelected() ? null : does.copy;
  if (withCommand && key === "v") return does.paste;
  if (isMac() && event.metaKey && key === "ArrowUp") return does.up;
  if (withAlt)
    return { ArrowLeft: does.back, ArrowRight: does.forward, ArrowUp: does.up }[key] ?? null;
  return key === "Backspace" && !event.ctrlKey && !event.metaKey ? does.up : null;
}

/** Undefined for every other key. Where there is nothing to save, the key does not save the window either. */
function tidyingFor(
  event: KeyboardEvent,
  key: string,
  withCommand: boolean,
  does: Shortcuts,
): Act | null | undefined {
  const { ctrlKey, metaKey, shiftKey, altKey, target } = event;
  const isAlone = !ctrlKey && !metaKey && !shiftKey && !altKey;
  const isDelete = isMac() ? metaKey && key === "Backspace" : key === "Delete" && isAlone;
  // Beside the list, these keys could be meant for something else.
  if (isDelete || (key === "F2" && isAlone))
    return isInList(target) ? (isDelete ? does.remove : does.rename) : null;
  if (withCommand && key === "s") return does.save ?? (() => undefined);
  if (hasCommand(event) && shiftKey && !altKey && key === "n") return does.newFolder;
  return undefined;
}

const isInList = (target: EventTarget | null) =>
  target === document.body ||
  (target instanceof Element && target.closest("[role='grid']") !== null);

/** A question stands over the window. */
const isAsked = (target: EventTarget | null) =>
  target instanceof Element && target.closest("[role='dialog']") !== null;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.closest(
      "input:not([type=radio]), textarea, [contenteditable], [role='spinbutton'], [role='dialog'], [role='menu']",
    ) !== null
  );
}

/** Text that the person marked, to copy it as text; what the pointer marks in the list in passing is none. */
function isTextSelected(): boolean {
  const selection = window.getSelection();
  if (selection === null || selection.toString() === "") return false;
  return selection.anchorNode?.parentElement?.closest("[role='grid']") == null;
}
