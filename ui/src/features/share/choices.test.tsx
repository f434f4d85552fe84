import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, radio, row } from "../../testing/open";
import { scenarios } from "../../testing/world";

async function chooseFilm(...args: Parameters<typeof openWindow>) {
  const opened = await openWindow(...args);
  await opened.user.click(await row(/^Launch film/));
  return opened;
}

const choice = (name: string) => screen.findByRole("checkbox", { name });
const key = "2026/Autumn launch/Launch film, final cut.mp4";

test("a link can stay with today's version, and says whether it does", async () => {
  const { user, fake } = await chooseFilm();
  await user.click(await screen.findByText("More choices"));
  expect(await choice("Keep today’s version")).toHaveAccessibleDescription(/even if somebody/);
  await user.click(await choice("Keep today’s version"));
  await user.click(await button("Copy link"));
  expect(await screen.findByText("The link stays with today’s version.")).toBeVisible();
  expect(asked(fake, "copyLink")[0]).toMatchObject([{ options: { pinned: true } }]);
  fake.scenario.versionId = null;
  await user.click(await button("Copy link"));
  expect(await screen.findByText(/This place keeps no earlier versions/)).toBeVisible();
});

test("a page is shown only to who insists", async () => {
  const { user, fake } = await openWindow(scenarios.odd);
  await user.click(await row(/^page\.html/));
  await user.click(await screen.findByText("More choices"));
  await user.click(await choice("Show it in the browser all the same"));
  expect(await radio("Show in the browser")).toBeChecked();
  await user.click(await button("Copy link"));
  expect(asked(fake, "copyLink")[0]).toMatchObject([
    { options: { disposition: "inline", showsActive: true } },
  ]);
});

test("what comes out as a download after all is said", async () => {
  const { user } = await chooseFilm({ downloads: true });
  await user.click(await button("Copy link"));
  expect(await screen.findByText(/^It will be downloaded:/)).toBeVisible();
});

test("links can be kept out of the clipboard history", async () => {
  const { user, fake } = await chooseFilm();
  await user.click(await screen.findByText("More choices"));
  const box = await choice("Keep links out of the clipboard history");
  expect(box).not.toBeChecked();
  await user.click(box);
  expect(asked(fake, "setPrivateClipboard")).toEqual([[true]]);
  expect(await choice("Keep links out of the clipboard history")).toBeChecked();
});

test.each([
  [840, "14 minutes behind"],
  [-7_200, "2 hours ahead"],
  [-86_400 * 400, "400 days ahead"],
])("a clock that is %s seconds off is said calmly", async (clockOffsetSeconds, words) => {
  await chooseFilm({ clockOffsetSeconds });
  expect(await screen.findByRole("note")).toHaveTextContent(
    `The clock of this computer is ${words}. Links are made with the right time.`,
  );
});

test("a clock that is a few seconds off is not worth a word", async () => {
  await chooseFilm({ clockOffsetSeconds: 40 });
  expect(await screen.findByText(/^Until /)).toBeVisible();
  expect(screen.queryByRole("note")).not.toBeInTheDocument();
});

const archived = (comingBack: boolean) =>
  fault({ code: "objectArchived", params: { bucket: "acme-press", key, comingBack } });

test("an archived file is asked back by a button", async () => {
  const { user, fake } = await chooseFilm({ copyError: archived(false) });
  await user.click(await button("Copy link"));
  await user.click(await button("Bring it back"));
  expect(await screen.findByText(/^Asked for\. It takes up to about 12 hours/)).toBeVisible();
  expect(asked(fake, "bringBack")[0]).toMatchObject([{ key }]);
  fake.scenario.copyError = archived(true);
  await user.click(await button("Copy link"));
  expect(await screen.findByRole("alert")).toHaveTextContent("on its way back");
  expect(screen.queryByRole("button", { name: "Bring it back" })).not.toBeInTheDocument();
});

test("where the reader has to pay, the sender can", async () => {
  const copyError = fault({ code: "requesterPays", params: { bucket: "acme-press" } });
  const { user, fake } = await chooseFilm({ copyError });
  await user.click(await button("Copy link"));
  await user.click(await button("Make the link, and we pay"));
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(asked(fake, "copyLink")[1]).toMatchObject([{ options: { pays: true } }]);
});

test("a name that no link can carry is lent as a copy", async () => {
  const copyError = fault({ code: "keyNotLinkable", params: { key } });
  const { user, fake } = await chooseFilm({ copyError });
  await user.click(await button("Copy link"));
  await user.click(await button("Share a copy"));
  expect(await screen.findByText(/^The link opens the copy/)).toBeVisible();
  expect(asked(fake, "copyLinkToCopy")[0]).toMatchObject([{ key }]);
});

test("whose rule it was is told", async () => {
  const params = { action: "read", by: "kmsKey", profile: "Marketing", bucket: "b", key } as const;
  const { user } = await chooseFilm({ copyError: fault({ code: "accessDenied", params }) });
  await user.click(await button("Copy link"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("locked with a key");
  expect(within(alert).getByText(/permission to use the key/)).toBeVisible();
});
