// What jsdom lacks for these tests: sizes, so that the list draws its rows, an observer of them, whether anybody has
// touched the window yet, and players.
import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

const activation = { hasBeenActive: false, isActive: false };
const act = () => {
  activation.hasBeenActive = true;
};
Object.defineProperty(navigator, "userActivation", { value: activation });
for (const kind of ["keydown", "pointerdown"]) window.addEventListener(kind, act, true);

afterEach(() => {
  cleanup();
  activation.hasBeenActive = false;
});

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);

// It plays nothing, and would say so at each player.
for (const method of ["load", "pause"] as const)
  vi.spyOn(HTMLMediaElement.prototype, method).mockImplementation(() => undefined);
