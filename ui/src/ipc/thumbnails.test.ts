import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { asked } from "../testing/open";
import { fakeFor } from "../testing/world";
import { fault } from "./fake";
import { keepThumbnails } from "./thumbnails";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const listed = (key: string) => ({ key, size: 1, modifiedAt: 1, storageClass: null });
const moment = () => vi.advanceTimersByTimeAsync(200);

test("rows that come together ask together, and each is told its own", async () => {
  const fake = fakeFor();
  const thumbnails = keepThumbnails(fake);
  const tell = vi.fn();
  for (const key of ["a.jpg", "b.zip", "c.png"])
    thumbnails.want("p", "acme", listed(key), () => tell(key));
  thumbnails.want("p", "other", listed("d.jpg"), () => tell("d.jpg"));
  await moment();
  expect(asked(fake, "thumbnails")).toEqual([
    ["p", "acme", [listed("a.jpg"), listed("b.zip"), listed("c.png")]],
    ["p", "other", [listed("d.jpg")]],
  ]);
  expect(tell.mock.calls.flat()).toEqual(["a.jpg", "c.png", "d.jpg"]);
});

test("while rows keep coming none asks, and those that are still there ask when no more come", async () => {
  const fake = fakeFor();
  const thumbnails = keepThumbnails(fake);
  for (let row = 0; row < 20; row += 1) {
    const away = thumbnails.want("p", "acme", listed(`${row}.jpg`), vi.fn());
    if (row < 18) setTimeout(away, 500);
    await vi.advanceTimersByTimeAsync(100);
    expect(asked(fake, "thumbnails")).toEqual([]);
  }
  await vi.advanceTimersByTimeAsync(500);
  const [[, , files] = []] = asked(fake, "thumbnails");
  expect(files).toContainEqual(listed("19.jpg"));
  expect(files).not.toContainEqual(listed("0.jpg"));
  expect(asked(fake, "thumbnails")).toHaveLength(1);
});

test("what is passed by is not asked for, and what goes out of sight is given back", async () => {
  const fake = fakeFor();
  const thumbnails = keepThumbnails(fake);
  const tell = vi.fn();
  thumbnails.want("p", "acme", listed("passed.jpg"), tell)();
  const away = thumbnails.want("p", "acme", listed("a.jpg"), tell);
  await moment();
  expect(asked(fake, "thumbnails")).toEqual([["p", "acme", [listed("a.jpg")]]]);
  expect(tell).toHaveBeenCalledOnce();
  away();
  await moment();
  expect(asked(fake, "forgetPreviews")).toEqual([[["small-1"]]]);
});

test("what went out of sight while it was asked for is given back as soon as it is there", async () => {
  const fake = fakeFor({ delayMs: 1_000 });
  const thumbnails = keepThumbnails(fake);
  const tell = vi.fn();
  const away = thumbnails.want("p", "acme", listed("a.jpg"), tell);
  await moment();
  away();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(tell).not.toHaveBeenCalled();
  expect(asked(fake, "forgetPreviews")).toEqual([[["small-1"]]]);
});

test("a refusal leaves a list without small pictures", async () => {
  const fake = fakeFor();
  fake.thumbnails = () => Promise.reject(fault({ code: "internal" }));
  const tell = vi.fn();
  keepThumbnails(fake).want("p", "acme", listed("a.jpg"), tell);
  await moment();
  expect(tell).not.toHaveBeenCalled();
});
