import { expect, test } from "vitest";
import { partsOf } from "./found";

const marked = (name: string, search: string) =>
  partsOf(name, search)
    .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
    .join("");

test("each word is marked wherever it is, whatever its case and accents", () => {
  expect(marked("Übersicht – 新製品.docx", "uber")).toBe("[Über]sicht – 新製品.docx");
  expect(marked("Launch film, final cut.mp4", "FI cut")).toBe("Launch [fi]lm, [fi]nal [cut].mp4");
  expect(marked("U\u0308bung", "übung")).toBe("[U\u0308bung]");
  expect(marked("aaa", "aa")).toBe("[aaa]");
  expect(marked("ﬁlm", "film")).toBe("[ﬁlm]");
});

test("the rest of a name stays as it is, whole", () => {
  expect(marked("plan.txt", "x z")).toBe("plan.t[x]t");
  expect(marked("plan.txt", "none")).toBe("plan.txt");
  expect(marked("👩‍👧 2.png", "2")).toBe("👩‍👧 [2].png");
});
