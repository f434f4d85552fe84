import { createIntl } from "react-intl";
import { describe, expect, test } from "vitest";
import type { AppError, DeniedBy } from "../ipc/bindings";
import { errorCodes, isAppError, toAppError } from "../ipc/errors";
import { NOW } from "../testing/world";
import en from "./en.json";
import { formats } from "./format";
import { dispositionForAll, fileKind, usualDisposition } from "./kinds";
import { initials, placeName, visible, visibleText } from "./names";
import type { MessageId, Values } from "./say";
import { type Task, troubleOf } from "./trouble";

const DAY = 86_400;
const now = NOW / 1000;
const speak = (locale: string) => {
  const intl = createIntl({ locale, messages: en });
  return (id: MessageId, values?: Values) => intl.formatMessage({ id }, values);
};
const british = formats("en-GB", speak("en-GB"));
const german = formats("de-DE", speak("de-DE"));

describe("the catalogue", () => {
  const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const code = Object.entries(sources)
    .filter(([path]) => !path.includes(".test."))
    .map(([, text]) => text)
    .join("\n");
  /** Families of which the code names only the stem. */
  const stems = [...code.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map(([, stem]) => stem ?? "");

  test("holds no sentence that nothing says", () => {
    const unsaid = Object.keys(en).filter(
      (id) => !code.includes(`"${id}"`) && !stems.some((stem) => id.startsWith(stem)),
    );
    expect(unsaid).toEqual([]);
  });

  test("never begs, blames or belittles", () => {
    const wrong = Object.entries(en).filter(([, text]) =>
      /\b(please|sorry|simply|just click|invalid|failed|presigned|policy|endpoint|region)\b/i.test(
        // What stands in quotes is somebody else's word, to be found on their page.
        text.replaceAll(/“[^”]*”/g, ""),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each(["en-GB", "de-DE"])("can be spoken with values in %s", (locale) => {
    const intl = createIntl({
      locale,
      messages: en,
      onError: (error) => {
        throw error;
      },
    });
    const bold = (chunks: unknown[]) => chunks.join("");
    for (const id of Object.keys(en)) {
      const names = [...en[id as MessageId].matchAll(/\{(\w+)/g)].map(([, name]) => name ?? "");
      const values = Object.fromEntries(names.map((name) => [name, 2]));
      expect(intl.formatMessage({ id }, { ...values, b: bold as never })).not.toBe("");
    }
  });
});

describe("errors", () => {
  const everything = {
    profile: "Marketing",
    path: "/p",
    bucket: "b",
    key: "k",
    name: "n",
    copy: "c",
    address: "a",
    host: "h",
    limit: 5,
    offsetSeconds: 840,
    action: "read",
    by: "notSaid",
    comingBack: false,
    rule: "place",
    allowed: null,
    line: 7,
  };
  const tasks: Task[] = ["connect", "open", "copy", "upload", "addPlace"];

  test.each(errorCodes)("%s says what, why and what next", (code) => {
    const error = { code, params: everything, detail: null, reference: null } as AppError;
    const say = speak("en-GB");
    for (const task of tasks) {
      const { what, why, next, values } = troubleOf(error, task, british);
      for (const part of [what, why, next]) {
        expect(en).toHaveProperty([part]);
        expect(say(part, values)).not.toMatch(/[{}]|undefined/);
      }
    }
  });

  test("every act that can be denied has its own words", () => {
    const actions = [
      "listBuckets",
      "list",
      "read",
      "write",
      "restore",
      "abandon",
      "delete",
      "undelete",
    ] as const;
    const whose = [
      ...["notSaid", "identity", "bucketPolicy", "organisation"],
      ...["network", "kmsKey", "links"],
    ] as DeniedBy[];
    const told = actions.flatMap((action) =>
      whose.map((by) => {
        const params = { ...everything, action, by };
        const error: AppError = { code: "accessDenied", params, detail: null, reference: null };
        const { why, next } = troubleOf(error, "open", british);
        expect(en).toHaveProperty([why]);
        expect(en).toHaveProperty([next]);
        return why;
      }),
    );
    expect(new Set(told).size).toBe(actions.length + whose.length - 1);
  });

  test("a rejection that is not ours becomes internal, with its words for IT", () => {
    const strange = ["command not found", new Error("boom"), { code: "nonsense" }, null, undefined];
    for (const rejection of strange) expect(toAppError(rejection).code).toBe("internal");
    expect(toAppError("command not found").detail).toBe("command not found");
    expect(toAppError(new Error("boom")).detail).toBe("boom");
    expect(isAppError({ code: "offline", detail: null, reference: null })).toBe(false);
    const ours = { code: "offline", params: { host: "h" }, detail: null, reference: null };
    expect(toAppError(ours)).toBe(ours);
  });
});

describe("numbers and dates", () => {
  test("sizes", () => {
    expect(
      [0, 1, 88_000, 999_600, 6_100_000, 214_000_000, 18_400_000_000].map(british.size),
    ).toEqual(["0 bytes", "1 byte", "88 kB", "1 MB", "6.1 MB", "214 MB", "18.4 GB"]);
    expect(german.size(18_400_000_000)).toMatch(/^18,4\sGB$/);
  });

  test("moments", () => {
    expect(british.moment(now + 3 * DAY)).toBe("Thursday 26 November, 17:20");
    expect(german.moment(now + 3 * DAY)).toBe("Donnerstag, 26. November, 17:20");
    expect(british.when(now + 60, NOW)).toBe("today at 17:21");
    expect(british.when(now + DAY, NOW)).toBe("tomorrow at 17:20");
    expect(british.changed(now - DAY, NOW)).toBe("yesterday");
    expect(british.changed(now - 400 * DAY, NOW)).toBe("19 Oct 2025");
    expect(british.brief(now + 2 * DAY, NOW)).toBe("Wednesday, 17:20");
  });

  test("what remains", () => {
    expect([1, 40, 180, 7_300].map(british.remaining)).toEqual([
      "1 second left",
      "40 seconds left",
      "3 min left",
      "2 hours left",
    ]);
  });
});

describe("names", () => {
  test("unseen characters are made visible and joined ones are left alone", () => {
    expect(visible("a\u202Eb\u0007c\u2066d\u00ADe")).toBe("a‹202E›b‹0007›c‹2066›d‹00AD›e");
    expect(visibleText("a\u202Eb\u001Bc\r\u2066d\n\te\u00ADf\u200F")).toBe(
      "a‹202E›b‹001B›c‹000D›‹2066›d\n\te\u00ADf\u200F",
    );
    expect(visible("👩‍👩‍👧 – Übersicht 新製品.docx")).toBe("👩‍👩‍👧 – Übersicht 新製品.docx");
  });

  test("places and initials", () => {
    expect(placeName({ bucket: "b", prefix: "" })).toBe("b");
    expect(placeName({ bucket: "b", prefix: "2026/Autumn launch/" })).toBe("Autumn launch");
    expect([initials("acme-press"), initials("practice"), initials("Marketing", 1)]).toEqual([
      "AP",
      "PR",
      "M",
    ]);
  });

  test("kinds and how they open", () => {
    expect(["a.MP4", "b.pdf", "c", ".htaccess", "d.tar.gz"].map(fileKind)).toEqual([
      "video",
      "pdf",
      "other",
      "other",
      "archive",
    ]);
    const opens = ["a.jpg", "a.mp3", "a.txt", "a.svg", "a.html", "a.xml", "a.docx", "a"];
    expect(opens.map(usualDisposition)).toEqual([
      "inline",
      "inline",
      "inline",
      "attachment",
      "attachment",
      "attachment",
      "attachment",
      "attachment",
    ]);
    expect(dispositionForAll(["a.jpg", "b.pdf"])).toBe("inline");
    expect(dispositionForAll(["a.jpg", "b.zip"])).toBe("attachment");
    expect(dispositionForAll([])).toBe("attachment");
  });
});
