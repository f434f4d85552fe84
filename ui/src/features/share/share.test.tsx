import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, radio, row } from "../../testing/open";
import { NOW, scenarios } from "../../testing/world";

const KEY = "2026/Autumn launch/Launch film, final cut.mp4";
const DAY = 86_400;

async function chooseFilm(...args: Parameters<typeof openWindow>) {
  const opened = await openWindow(...args);
  await opened.user.click(await row(/^Launch film/));
  return opened;
}

test.each([
  ["1 hour", 3_600, "Monday 23 November, 18:20"],
  ["1 day", DAY, "Tuesday 24 November, 17:20"],
  ["3 days", 3 * DAY, "Thursday 26 November, 17:20"],
  ["7 days", 7 * DAY, "Monday 30 November, 17:20"],
])("a link for %s says its end before the click and after it", async (name, seconds, moment) => {
  const { user, fake } = await chooseFilm();
  await user.click(await radio(name));
  expect(await screen.findByText(`Until ${moment}`)).toBeVisible();
  await user.click(await button("Copy link"));
  const status = await screen.findByText("Link copied and tested");
  expect(status.closest("[role=status]")).toHaveTextContent(`until ${moment}`);
  expect(asked(fake, "copyLink")).toEqual([
    [
      {
        profile: "aws:marketing",
        bucket: "acme-press",
        key: KEY,
        options: {
          expiry: { kind: "for", seconds },
          disposition: "inline",
          showsActive: false,
          pinned: false,
          pays: false,
        },
      },
    ],
  ]);
});

test("another end is typed, starts tomorrow at this time, and lasts seven days at most", async () => {
  const { user, fake } = await chooseFilm();
  await user.click(await radio("Other…"));
  const end = screen.getByRole("group", { name: "The link ends" });
  expect(end).toHaveAccessibleDescription(/Links last 7 days at most\./);
  expect(await screen.findByText("Until Tuesday 24 November, 17:20")).toBeVisible();
  await user.click(within(end).getByRole("spinbutton", { name: /^day/ }));
  await user.keyboard("25");
  expect(await screen.findByText("Until Wednesday 25 November, 17:20")).toBeVisible();
  await user.click(await button("Copy link"));
  expect(asked(fake, "copyLink")[0]).toMatchObject([
    { options: { expiry: { kind: "until", at: NOW / 1000 + 2 * DAY } } },
  ]);
});

test("an end in the past is said at the field", async () => {
  const { user } = await chooseFilm();
  await user.click(await radio("Other…"));
  await user.click(screen.getByRole("spinbutton", { name: /^day/ }));
  await user.keyboard("22");
  expect(await screen.findByText("That moment has passed. Choose a later one.")).toBeVisible();
});

test("a sign-in that ends sooner is said before the click, on the button, and signing in again helps", async () => {
  const { user, fake } = await chooseFilm(scenarios.limited);
  expect(await screen.findByRole("note")).toHaveTextContent(
    "It will stop today at 21:04, when your sign-in ends.",
  );
  expect(await button("Copy link until 21:04")).toBeEnabled();
  fake.scenario.credentialsEnd = { kind: "never" };
  await user.click(await button("I have signed in again"));
  expect(await button("Copy link")).toBeEnabled();
  expect(screen.queryByRole("note")).not.toBeInTheDocument();
});

test("a limit of the organisation and an uncertain end are said", async () => {
  await chooseFilm({ ...scenarios.policy });
  expect(await screen.findByRole("note")).toHaveTextContent("Your organisation allows no longer");
  expect(await button("Copy link until Tuesday, 17:20")).toBeEnabled();
});

test("an end that this computer cannot know is said", async () => {
  await chooseFilm(scenarios.uncertain);
  expect(await screen.findByRole("note")).toHaveTextContent("It may stop sooner.");
});

test("the end is asked for again while it is shown", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    const { fake } = await openWindow();
    await screen.findByText("Until Thursday 26 November, 17:20");
    fake.scenario.now = () => NOW + 60_000;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(await screen.findByText("Until Thursday 26 November, 17:21")).toBeVisible();
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ["Hero image", "Show in the browser", "Show in the browser"],
  ["Embargo", "Show in the browser", "Show in the browser"],
  ["Launch film", "Play in the browser", "Play in the browser"],
  ["Raw footage", "Download", "Show in the browser"],
])("%s opens as: %s", async (name, usual, inline) => {
  const { user } = await openWindow();
  await user.click(await row(new RegExp(`^${name}`)));
  expect(await radio(usual)).toBeChecked();
  expect(await radio(inline)).toBeEnabled();
});

test("a web page is always a download", async () => {
  const { user, fake } = await openWindow(scenarios.odd);
  await user.click(await row(/^page\.html/));
  expect(await radio("Show in the browser")).toBeDisabled();
  expect(await radio("Download")).toBeChecked();
  await user.click(await button("Copy link"));
  expect(asked(fake, "copyLink")[0]).toMatchObject([{ options: { disposition: "attachment" } }]);
});

test("Ctrl+C in the list copies the link of the chosen file, with the panel's choices", async () => {
  const { user, fake } = await chooseFilm();
  await user.click(await radio("1 hour"));
  await user.click(await radio("Download"));
  await user.click(await row(/^Launch film/));
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(asked(fake, "copyLink")[0]).toMatchObject([
    {
      key: KEY,
      options: { expiry: { kind: "for", seconds: 3_600 }, disposition: "attachment" },
    },
  ]);
});

test("the button in the row copies too", async () => {
  const { user, fake } = await chooseFilm();
  await user.click(await button(/^Copy link to .*Launch film/));
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(fake.copied).toHaveLength(1);
});

test("choosing another file clears what was said, and the list remembers whose link was copied", async () => {
  const { user } = await chooseFilm();
  await user.click(await button("Copy link"));
  await screen.findByText("Link copied and tested");
  await user.click(await row(/^Embargo/));
  await waitFor(() => expect(screen.queryByText("Link copied and tested")).not.toBeInTheDocument());
  expect(within(await row(/^Launch film/)).getByText("Link copied")).toBeVisible();
});

test("choices changed after copying are said to need another copy", async () => {
  const { user } = await chooseFilm();
  await user.click(await button("Copy link"));
  await screen.findByText("Link copied and tested");
  await user.click(await radio("1 hour"));
  expect(await screen.findByText(/That link keeps the earlier choices/)).toBeVisible();
});

test("a link that would not open is not copied, and three parts say why", async () => {
  const { user, fake } = await chooseFilm(scenarios.copyDenied);
  await user.click(await button("Copy link"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("This link would not open.");
  expect(alert).toHaveTextContent("is not allowed to read this file.");
  expect(alert).toHaveTextContent("Ask IT for read access to it.");
  expect(fake.copied).toEqual([]);
  expect(await button("Copy link")).toHaveFocus();
});

test("a clock that is off is told in minutes", async () => {
  const copyError = fault({ code: "clockWrong", params: { offsetSeconds: -840 } });
  const { user } = await chooseFilm({ copyError });
  await user.click(await button("Copy link"));
  expect(await screen.findByRole("alert")).toHaveTextContent("about 14 minutes off");
});

test("a link that could not be tested is copied and says so", async () => {
  const { user, fake } = await chooseFilm(scenarios.untested);
  await user.click(await button("Copy link"));
  expect(await screen.findByText("Link copied, not tested")).toBeVisible();
  expect(screen.getByText(/The test took too long/)).toBeVisible();
  expect(fake.copied).toHaveLength(1);
});

test("when the clipboard refuses, the link is there to be copied by hand", async () => {
  const { user } = await chooseFilm(scenarios.clipboard);
  await user.click(await button("Copy link"));
  const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "The link" });
  expect(field).toHaveFocus();
  expect(field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)).toBe(field.value);
  expect(field).toHaveAttribute("readonly");
});

test("a link of the practice bucket says that it works here only", async () => {
  const { user } = await openWindow(scenarios.practice);
  await user.click(await button("acme-video"));
  await user.click(await row(/^Photo 0001/));
  await user.click(await button("Copy link"));
  expect(await screen.findByText(/It works on this computer only/)).toBeVisible();
});

test("a folder in the panel is opened from there, and nothing chosen tells the two ways", async () => {
  const { user } = await openWindow();
  expect(await screen.findByRole("heading", { name: "Lend a file" })).toBeVisible();
  await user.click(await row(/^Photos/));
  await user.click(await button("Open folder"));
  expect(await screen.findByRole("heading", { name: "This folder is empty" })).toBeVisible();
});
