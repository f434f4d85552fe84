import { expect, test } from "vitest";
import { usableLocale } from "./locale";

test("takes the first language that the engine can format", () => {
  expect(usableLocale(["de-DE", "en-GB"])).toBe("de-DE");
});

test("a system without a locale does not break the window", () => {
  expect(usableLocale(["c", "en_US.UTF-8"])).toBe("en-GB");
  expect(usableLocale([])).toBe("en-GB");
});
