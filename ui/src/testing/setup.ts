// What jsdom lacks for these tests: sizes, so that the list draws its rows, and an observer of them.
import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterEach, vi } from "vitest";

afterEach(cleanup);

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
