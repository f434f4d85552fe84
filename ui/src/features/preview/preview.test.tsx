import { configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { AppError, ErrorKind, FileDetails, Look } from "../../ipc/bindings";
import { fault, type Scenario } from "../../ipc/fake";
import { asked, button, openWindow, row, violations } from "../../testing/open";
import { file } from "../../testing/world";
import { fileType } from "./fileType";
import { playTime } from "./playTime";

const LAUNCH = "2026/Autumn launch/";
const HERO = "Hero image 4000×2250.jpg";
const FILM = "Launch film, final cut.mp4";

// A file is looked at a moment after it was chosen, and a loaded machine takes its time.
configure({ asyncUtilTimeout: 5_000 });

// What jsdom lacks: players that play.
beforeEach(() => {
  vi.spyOn(HTMLMediaElement.prototype, "play").mockImplementation(async function (
    this: HTMLMediaElement,
  ) {
    Object.defineProperty(this, "paused", { value: false, configurable: true });
    fireEvent.play(this);
  });
  vi.spyOn(HTMLMediaElement.prototype, "pause").mockImplementation(function (
    this: HTMLMediaElement,
  ) {
    Object.defineProperty(this, "paused", { value: true, configurable: true });
    fireEvent.pause(this);
  });
});

/** The button that the picture is; nothing that is in a button is said, but its name. */
const picture = () => button(/^Picture: .*(Hero image|Photo).*\. Show it larger$/);
const imageIn = (element: HTMLElement) => element.querySelector("img") as HTMLImageElement;

/** What is said beside it. */
const preview = async () =>
  (await screen.findByText("The preview is on its way")).closest("[role=status]") as HTMLElement;

/** Fails as a picture or a player does, which say nothing of why. */
const fail = (element: HTMLElement) => fireEvent.error(element);

async function choose(name: string, change: Partial<Scenario> = {}) {
  const opened = await openWindow(change);
  await opened.user.click(await row(new RegExp(`^${name.slice(0, 10)}`)));
  return opened;
}

/** The world with one more file, which is seen so. */
function withFile(name: string, look: Partial<Look> | AppError = {}): Partial<Scenario> {
  const key = `${LAUNCH}${name}`;
  return {
    folders: { [`acme-press/${LAUNCH}`]: [file(LAUNCH, name, 5_000, 1_763_900_000)] },
    looks: { [key]: look },
  };
}

test("a picture is seen, larger on demand, and Escape leads back", async () => {
  const { user } = await choose(HERO);
  const larger = await picture();
  const status = within(screen.getByText("The preview is on its way").parentElement as HTMLElement);
  fireEvent.load(imageIn(larger));
  expect(status.queryByText("The preview is on its way")).not.toBeInTheDocument();
  expect(await violations()).toEqual([]);
  larger.focus();
  await user.keyboard(" ");
  const dialog = await screen.findByRole("dialog", { name: HERO });
  expect(within(dialog).getByRole("img", { name: /^Picture/ })).toBeInTheDocument();
  expect(await violations()).toEqual([]);
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  await waitFor(() => expect(larger).toHaveFocus());
});

test("a picture that cannot be drawn leaves its icon, and that is announced", async () => {
  await choose(HERO);
  const shown = await picture();
  const region = screen.getByText("The preview is on its way").closest("[role=status]");
  fail(imageIn(shown));
  const note = await screen.findByText("There is no preview of this file.");
  expect(note).toBeVisible();
  expect(note.closest("[role=status]")).toBe(region);
  expect(screen.queryByRole("button", { name: "Try again" })).not.toBeInTheDocument();
  expect(await violations()).toEqual([]);
});

test("the first page of a document is called that", async () => {
  await choose("Embargo letter.pdf");
  expect(await button(/^First page of .*Embargo.*\. Show it larger$/)).toBeVisible();
});

const denied = fault({
  code: "accessDenied",
  params: { action: "read", by: "kmsKey", profile: "Marketing" },
} as ErrorKind);

test.each([
  ["offline", fault({ code: "offline", params: { host: "s3.test" } }), /s3\.test.* did not answer/],
  ["locked", denied, /locked with a key that .*Marketing.* may not use/],
  [
    "changed",
    fault({ code: "fileChanged", params: { name: HERO } }),
    /Somebody changed .*Hero image.* meanwhile/,
  ],
])("a picture that does not come says why, and is tried again: %s", async (_, trouble, why) => {
  const { user, fake } = await choose(HERO, { trouble });
  fail(imageIn(await picture()));
  expect(await screen.findByText(why)).toHaveTextContent(/^No preview\./);
  expect(screen.queryByText("There is no preview of this file.")).not.toBeInTheDocument();
  expect(asked(fake, "previewTrouble")).toEqual([["look-1"]]);
  await user.click(await button("Try again"));
  await picture();
  expect(screen.queryByText(why)).not.toBeInTheDocument();
  expect(asked(fake, "forgetPreviews")).toEqual([[["look-1"]]]);
});

test("a text that does not come says why", async () => {
  const text = fault({ code: "credentialsEnded", params: { profile: "Marketing" } });
  await choose("Notes for all.txt", { ...withFile("Notes for all.txt"), text });
  expect(await screen.findByText(/Your sign-in has ended/)).toHaveTextContent(/^No preview\./);
  expect(await button("Try again")).toBeVisible();
});

test("a film is played and paused by keys", async () => {
  const { user } = await choose(FILM);
  const play = await button("Play");
  play.focus();
  await user.keyboard(" ");
  expect(await button("Pause")).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(await button("Play")).toHaveFocus();
  const film = screen.getByLabelText(FILM, { selector: "video" }) as HTMLVideoElement;
  Object.defineProperty(film, "duration", { value: 3_725, configurable: true });
  fireEvent.durationChange(film);
  expect(await screen.findByText("0:00 of 1:02:05")).toBeVisible();
  const position = screen.getByRole("slider", { name: "Position" });
  position.focus();
  await user.keyboard("{ArrowRight}{ArrowRight}{ArrowRight}");
  // What is played meanwhile does not take it back.
  fireEvent.timeUpdate(film);
  expect(position).toHaveAttribute("aria-valuetext", "0:03 of 1:02:05");
  expect(film.currentTime).toBe(0);
  await waitFor(() => expect(film.currentTime).toBe(3));
  film.currentTime = 3.4;
  fireEvent.seeked(film);
  fireEvent.timeUpdate(film);
  expect(screen.getByText("0:03 of 1:02:05")).toBeVisible();
  film.currentTime = 9;
  fireEvent.timeUpdate(film);
  expect(position).toHaveAttribute("aria-valuetext", "0:09 of 1:02:05");
  expect(await violations()).toEqual([]);
});

test("the backend hears whether a film is played, and how long it is", async () => {
  const { user, fake } = await choose(FILM);
  const play = await button("Play");
  const film = screen.getByLabelText(FILM, { selector: "video" }) as HTMLVideoElement;
  Object.defineProperty(film, "duration", { value: Number.POSITIVE_INFINITY, configurable: true });
  await user.click(play);
  Object.defineProperty(film, "duration", { value: 59.2, configurable: true });
  fireEvent.durationChange(film);
  const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
  fireEvent(document, new Event("visibilitychange"));
  hidden.mockRestore();
  expect(await button("Play")).toBeVisible();
  expect(asked(fake, "followPlaying")).toEqual([
    ["look-1", true, null],
    ["look-1", true, 60],
    ["look-1", false, 60],
  ]);
});

test("a film that cannot be played here says so, and may be lent", async () => {
  await choose(FILM);
  fail(await screen.findByLabelText(FILM, { selector: "video" }));
  expect(await screen.findByText(/cannot play this file here/)).toBeVisible();
  expect(await button("Copy link")).toBeEnabled();
});

test("a film whose connection broke says that, and nothing of how it is played", async () => {
  const trouble = fault({ code: "offline", params: { host: "s3.test" } });
  const { user } = await choose(FILM, { trouble });
  fail(await screen.findByLabelText(FILM, { selector: "video" }));
  expect(await screen.findByText(/s3\.test.* did not answer/)).toBeVisible();
  expect(screen.queryByText(/cannot play this file here/)).not.toBeInTheDocument();
  await user.click(await button("Try again"));
  expect(await button("Play")).toBeVisible();
});

test("a text shows its beginning", async () => {
  const text = { text: "Dear press,\nhello", isCut: true };
  const { user } = await choose("Notes for all.txt", { ...withFile("Notes for all.txt"), text });
  const sample = await screen.findByRole("region", { name: /^Beginning of/ });
  expect(sample).toHaveTextContent("Dear press, hello");
  expect(screen.getByText("Only the beginning is shown here.")).toBeVisible();
  await user.click(await button(/larger$/));
  expect(await screen.findByRole("dialog", { name: "Notes for all.txt" })).toBeVisible();
  expect(await violations()).toEqual([]);
});

test.each([
  ["nothing is said of what is never seen", { sight: { kind: "unknown" } }, null],
  ["empty", { sight: { kind: "empty" } }, "There is nothing in this file."],
  ["archived", { sight: { kind: "archived" } }, /in the archive, so there is no preview/],
  ["too large", { sight: { kind: "tooLarge", limit: 32_000_000 } }, /files of up to 32.* have one/],
  [
    "paid for",
    fault({ code: "requesterPays", params: { bucket: "acme-press" } }),
    "No preview: whoever reads from this place has to pay for it.",
  ],
  [
    "out of reach",
    fault({ code: "offline", params: { host: "s3.test" } }),
    /^No preview\. .*s3\.test.* did not answer\.$/,
  ],
  [
    "not to be read",
    {
      sight: {
        kind: "unread",
        error: fault({ code: "offline", params: { host: "s3.test" } }),
      },
    },
    /^No preview\. .*s3\.test.* did not answer\.$/,
  ],
] as [string, Partial<Look> | AppError, string | RegExp | null][])(
  "what is not seen says why: %s",
  async (_, look, expected) => {
    const { fake } = await choose("Photo of all.jpg", withFile("Photo of all.jpg", look));
    const status = await preview();
    await waitFor(() => expect(asked(fake, "look")).toHaveLength(1));
    if (expected === null) await waitFor(() => expect(status).toBeEmptyDOMElement());
    else expect(await within(status).findByText(expected)).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Picture/ })).not.toBeInTheDocument();
    expect(await button("Copy link")).toBeEnabled();
  },
);

test("what is passed by is not looked at, and what is left is given back", async () => {
  const { user, fake } = await choose(HERO);
  await picture();
  await user.click(await row(/^Launch film/));
  await button("Play");
  expect(asked(fake, "forgetPreviews")).toEqual([[["look-1"]]]);
  const before = asked(fake, "look").length;
  await user.keyboard("{ArrowUp}{ArrowUp}{ArrowUp}");
  await screen.findByRole("heading", { name: /Folder|Press kit|Embargo/ });
  await waitFor(() => expect(asked(fake, "forgetPreviews")).toHaveLength(2));
  expect(asked(fake, "look").length - before).toBeLessThanOrEqual(1);
});

const details: FileDetails = {
  ...{ size: 6_100_000, contentType: "image/jpeg", modifiedAt: 1_763_900_000 },
  ...{ storageClass: "STANDARD_IA", encryption: "aws:kms", kmsKey: "arn:aws:kms:eu:1:key/9" },
  ...{ version: "3sL4kqtJlcpXroDTDmJ", etag: '"0123"' },
  checksum: { algorithm: "SHA256", value: "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" },
  tags: { kind: "read", tags: [{ key: "team", value: "press" }] },
  address: `s3://acme-press/${LAUNCH}${HERO}`,
};

test("details can be read and copied, each by itself", async () => {
  const { user, fake } = await choose(HERO, { looks: { [`${LAUNCH}${HERO}`]: { details } } });
  await user.click(await screen.findByText("Details"));
  for (const [label, value] of [
    ["Type", "JPEG image"],
    ["Size", /6,100,000 bytes/],
    ["Storage class", "STANDARD_IA"],
    ["Encryption", "aws:kms"],
    ["Version", "3sL4kqtJlcpXroDTDmJ"],
    ["Tags", "team = press"],
    ["Checksum", /^SHA256 ungWv48/],
    ["Address", details.address],
  ] as const) {
    const term = screen.getByText(label, { selector: "dt" });
    expect(within(term.parentElement as HTMLElement).getByText(value)).toBeVisible();
  }
  for (const label of ["Size", "Changed", "Checksum", "Address"])
    await user.click(await button(`Copy: ${label}`));
  expect(await screen.findByText("Copied.")).toBeVisible();
  const checksum = details.checksum?.value;
  expect(fake.copied).toEqual(["6100000", "2025-11-23T12:13:20Z", checksum, details.address]);
  expect(await violations()).toEqual([]);
});

test.each([
  ["denied", "May not be seen"],
  ["unsupported", "The storage keeps none"],
  ["unknown", "The storage does not say"],
] as const)("what is not known of a file is not made up, nor copied: %s", async (kind, said) => {
  const bare = { ...details, encryption: null, kmsKey: null, version: null, checksum: null };
  const look = { details: { ...bare, tags: { kind }, storageClass: null } };
  const { user } = await choose(HERO, { looks: { [`${LAUNCH}${HERO}`]: look } });
  await user.click(await screen.findByText("Details"));
  for (const [label, value] of [
    ["Storage class", "The storage does not say"],
    ["Encryption", "The storage does not say"],
    ["Tags", said],
  ] as const) {
    const fact = within(screen.getByText(label, { selector: "dt" }).parentElement as HTMLElement);
    expect(fact.getByText(value)).toBeVisible();
    expect(fact.queryByRole("button")).not.toBeInTheDocument();
  }
  expect(screen.queryByText("Version")).not.toBeInTheDocument();
  expect(screen.queryByText("Checksum")).not.toBeInTheDocument();
});

test.each([
  ["a.jpg", null, "fileType.image", "JPEG"],
  ["a.HEIC", null, "fileType.image", "HEIC"],
  ["a.mp4", null, "fileType.video", "MP4"],
  ["a.docx", null, "fileType.document", "Word"],
  ["a.unheard", "binary/octet-stream", "fileType.other", "UNHEARD"],
  ["scan", "image/tiff; charset=x", "fileType.image", "TIFF"],
  ["README", null, "fileType.plain", ""],
  ["app.ts", "video/vnd.dlna.mpeg-tts", "fileType.other", "TS"],
  ["news.m3u8", "audio/x-mpegurl", "fileType.other", "M3U8"],
])("%s stored as %s is %s of %s", (name, stored, id, format) => {
  expect(fileType(name, stored)).toEqual({ id, values: { format } });
});

test("positions are written as players write them", () => {
  expect([0, 7.9, 65, 3_725].map(playTime)).toEqual(["0:00", "0:07", "1:05", "1:02:05"]);
});
