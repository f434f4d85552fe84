import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow } from "../../testing/open";
import { profile, scenarios } from "../../testing/world";

test("a person who has never signed in chooses a profile and sees its places", async () => {
  const { user, fake } = await openWindow(scenarios.connect);
  expect(await screen.findByRole("heading", { name: "Choose how to sign in" })).toBeVisible();
  await user.click(
    await button(
      /^Marketing Usual Role .PressOffice. in account .1234 5678 9012., through .* Ready$/,
    ),
  );
  const places = await screen.findByRole("navigation", { name: "Places" });
  expect(await within(places).findByRole("button", { name: "acme-press" })).toBeVisible();
  expect(asked(fake, "connect")).toEqual([["aws:marketing", false, null]]);
});

test("practice needs no profile, and says that its links stay here", async () => {
  const { user } = await openWindow(scenarios.nothing);
  expect(await screen.findByText("No connection on this computer yet")).toBeVisible();
  await user.click(await button("Practise on this computer"));
  expect(await button(/Practice: links work on this computer only/)).toBeVisible();
});

test("the window opens where the last session ended", async () => {
  const { fake } = await openWindow();
  expect(await screen.findByRole("heading", { name: "Autumn launch" })).toBeVisible();
  expect(asked(fake, "connect")).toEqual([["aws:marketing", false, null]]);
});

test("a sign-in that has ended is told beside its profile, with what to do", async () => {
  const { user, fake } = await openWindow(scenarios.refused);
  const profiles = await screen.findByRole("list", { name: "Connections on this computer" });
  const alert = await within(profiles).findByRole("alert");
  expect(alert).toHaveTextContent("You are not signed in.");
  expect(alert).toHaveTextContent("Your sign-in has ended.");
  expect(alert).toHaveTextContent("Sign in again the way you usually do");
  fake.scenario.connectError = null;
  await user.click(await button(/^Marketing/));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
});

test("a refusal of a profile that has gone is told although nothing stands beside it", async () => {
  await openWindow({ recalled: { profile: "aws:old", place: null, memory: "kept" } });
  expect(await screen.findByRole("alert")).toHaveTextContent("is not on this computer any more");
});

test("profiles that cannot be read are said, with the details for IT and practice still offered", async () => {
  const { user, fake } = await openWindow(scenarios.noProfiles);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The profiles were not read.");
  await user.click(within(alert).getByText("Details"));
  await user.click(within(alert).getByRole("button", { name: "Copy for IT" }));
  expect(fake.copied).toEqual([
    'profilesUnreadable\n{"path":"~/.aws/config"}\nline 3: unexpected end of section\nrequest 4442587FB7D0A2F9',
  ]);
  expect(await button("Practise on this computer")).toBeEnabled();
});

test("a locked keyring is said in three parts, can be put away, and stops nothing", async () => {
  const { user } = await openWindow(scenarios.locked);
  const notice = await screen.findByRole("note");
  expect(notice).toHaveTextContent("Your choices will not be remembered.");
  expect(notice).toHaveTextContent("The keyring of this computer is locked.");
  expect(notice).toHaveTextContent("You can go on.");
  await user.click(await button(/^Marketing/));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  await user.click(await button("Close this notice"));
  expect(screen.queryByRole("note")).not.toBeInTheDocument();
});

test("two clicks lead to another connection, and the place there is not the one here", async () => {
  const { user, fake } = await openWindow();
  await user.click(await button(/Account menu$/));
  await user.click(await screen.findByRole("menuitem", { name: /^Video archive/ }));
  expect(await button(/^Video archive Signed in/)).toBeVisible();
  expect(await screen.findByRole("heading", { name: "Choose a place" })).toBeVisible();
  expect(asked(fake, "connect").at(-1)).toEqual(["aws:video archive", false, null]);
});

test("whoever looks at the other ways in comes back to where they were", async () => {
  const { user } = await openWindow();
  await user.click(await button(/^2026/));
  expect(await screen.findByRole("heading", { name: "2026" })).toBeVisible();
  await user.click(await button(/Account menu$/));
  await user.click(await screen.findByRole("menuitem", { name: "Other ways to sign in…" }));
  expect(await screen.findByRole("heading", { name: "Choose how to sign in" })).toBeVisible();
  await user.click(await button("Back to \u2068Marketing\u2069"));
  expect(await screen.findByRole("heading", { name: "2026" })).toBeVisible();
});

test("a connection that refuses is told on the screen of the ways in", async () => {
  const { user, fake } = await openWindow();
  await screen.findByRole("heading", { name: "Autumn launch" });
  fake.scenario.connectError = scenarios.refused.connectError;
  await user.click(await button(/Account menu$/));
  await user.click(await screen.findByRole("menuitem", { name: /^Video archive/ }));
  const cards = await screen.findByRole("list", { name: "Connections on this computer" });
  expect(await within(cards).findByRole("alert")).toHaveTextContent("You are not signed in.");
});

test("the account says until when it is signed in, and when that is over", async () => {
  const { fake } = await openWindow(scenarios.limited);
  expect(await button(/Signed in until 21:04/)).toBeVisible();
  expect(fake.scenario.credentialsEnd.kind).toBe("at");
});

test("a sign-in that is over is said on the account", async () => {
  await openWindow(scenarios.ended);
  expect(await button(/Your sign-in has ended/)).toBeVisible();
});

test("a profile's name cannot pretend to be another by unseen characters", async () => {
  const profiles = [profile("Mark\u202Eting")];
  await openWindow({ ...scenarios.connect, profiles });
  expect(await button(/^Mark‹202E›ting/)).toBeVisible();
});

test("a start without an answer from the keyring still offers the ways in", async () => {
  const { fake } = await openWindow({
    recalled: fault({ code: "internal" }) as never,
  });
  expect(await screen.findByRole("heading", { name: "Choose how to sign in" })).toBeVisible();
  expect(asked(fake, "connect")).toEqual([]);
});

test("a server without encryption is explained, and a person may insist", async () => {
  const params = { profile: "Marketing", host: "minio.acme.test" };
  const connectError = fault({ code: "endpointInsecure", params });
  const { user, fake } = await openWindow({ connectError });
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("everybody on the way could read your files");
  expect(alert).toHaveTextContent("Ask IT for an address that starts with https.");
  await user.click(await button("Use it all the same"));
  expect(await button("acme-press")).toBeVisible();
  expect(asked(fake, "connect")).toEqual([
    ["aws:marketing", false, null],
    ["aws:marketing", true, null],
  ]);
});

test("AWS files that cannot be read hide nothing that was set up here", async () => {
  await openWindow({
    ...scenarios.noProfiles,
    own: [profile("Press", { id: "own:press", isOwn: true })],
  });
  expect(await screen.findByRole("alert")).toHaveTextContent("The profiles were not read.");
  expect(await button(/^Press/)).toBeVisible();
});
