// The keys that work wherever the focus is, except where text is typed. They are heard before the list hears them,
// because in a list Alt+Up and Backspace would mean something else.
import { useEffect, useEffectEvent } from "react";

export interface Shortcuts {
  back: () => void;
  forward: () => void;
  up: () => void;
  reload: () => void;
  /** False when there is nothing to copy, so that the key keeps its usual meaning. */
  copy: () => boolean;
  paste: () => void;
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
  const withControl = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  const withAlt = event.altKey && !event.ctrlKey && !event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "F5" || (withControl && key === "r")) return does.reload;
  if (isTyping(event.target)) return null;
  if (withControl && key === "c") return isTextSelected() ? null : does.copy;
  if (withControl && key === "v") return does.paste;
  if (withAlt)
    return { ArrowLeft: does.back, ArrowRight: does.forward, ArrowUp: does.up }[key] ?? null;
  return key === "Backspace" && !event.ctrlKey && !event.metaKey ? does.up : null;
}

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
