// What jsdom lacks for these tests: sizes, so that the list draws its rows, observers of them, and whether anybody has
// touched the window yet.
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

/** Observers of an end that scrolls into sight; jsdom has no sight, so a test says when. */
const watched = new Set<() => void>();
export const reachEnd = () => {
  for (const notice of watched) notice();
};

vi.stubGlobal(
  "IntersectionObserver",
  class {
    private readonly notice: () => void;
    constructor(callback: IntersectionObserverCallback) {
      const seen = [{ isIntersecting: true }] as unknown as IntersectionObserverEntry[];
      this.notice = () => callback(seen, this as unknown as IntersectionObserver);
    }
    observe() {
      watched.add(this.notice);
    }
    unobserve() {
      watched.delete(this.notice);
    }
    disconnect() {
      watched.delete(this.notice);
    }
  },
);

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);

vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
vi.spyOn(HTMLElement.prototype, "scrollHeight", "get").mockReturnValue(200_000);
vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(600);
