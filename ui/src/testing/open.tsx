// Opens the window over a made-up backend, as a test or a person would meet it.
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { App } from "../app/App";
import { surround } from "../app/surround";
import type { Scenario } from "../ipc/fake";
import { fakeFor, NOW } from "./world";

export async function openWindow(change: Partial<Scenario> = {}, locale = "en-GB") {
  const user = userEvent.setup();
  const fake = fakeFor(change);
  render(<App surroundings={surround(fake, () => fake.scenario.now())} locale={locale} />);
  return { user, fake, now: NOW };
}

export const row = (name: string | RegExp) => screen.findByRole("row", { name });
export const chosenRow = (name: string | RegExp) =>
  screen.findByRole("row", { name, selected: true });
export const button = (name: string | RegExp) => screen.findByRole("button", { name });
export const radio = (name: string | RegExp) => screen.findByRole("radio", { name });

/** What the window asked the backend for, under this name. */
export const asked = (fake: ReturnType<typeof fakeFor>, name: string) =>
  fake.calls.filter(([method]) => method === name).map(([, ...args]) => args);

/** Barriers that a machine can find. Contrast is judged in a real browser only; the rest here. */
export async function violations() {
  const { violations: found } = await axe.run(document.body, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
