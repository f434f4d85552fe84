import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, violations } from "../../testing/open";
import { scenarios } from "../../testing/world";

test("every connection says what it is and whether it can be used now", async () => {
  await openWindow(scenarios.ways);
  const list = await screen.findByRole("list", { name: "Connections on this computer" });
  const cards = within(list).getAllByRole("listitem");
  expect(
    cards.map(({ textContent }) =>
      textContent?.replaceAll(/[\u2068\u2069]/g, "").replaceAll(/\s+/g, " "),
    ),
  ).toEqual([
    "Press office Usual Role PressOffice in account 1234 5678 9012, through your organisation Signed in until 21:04",
    "Legal Role ReadOnly in account 2109 8765 4321, through your organisation Signed out",
    "Agency share Access key at 3f9a.r2.cloudflarestorage.com Ready",
    "Finance Role Auditor Asks for a code",
    "Fair Until Guestpass is closed Access key Not tried yet",
    "Old archive Signs in another way Not complete: ask IT",
  ]);
});

test("ways that the organisation forbids are not offered, and that is said", async () => {
  await openWindow(scenarios.noKeys);
  expect(await screen.findByText(/^Access keys are not offered/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Use an access key" })).not.toBeInTheDocument();
  expect(await screen.findByText(/keeps a record of what is shared/)).toBeVisible();
});

test("rules that cannot be read close everything but practice, and say where", async () => {
  const { user, fake } = await openWindow(scenarios.brokenPolicy);
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("Nothing may be shared from this computer.");
  expect(alert).toHaveTextContent("/etc/guestpass/policy.toml\u2069, line 7");
  expect(screen.queryByRole("list")).not.toBeInTheDocument();
  expect(screen.queryByText("Other ways to sign in")).not.toBeInTheDocument();
  fake.scenario.policy = { ...scenarios.noKeys.policy, accessKeys: true };
  await user.click(await button("Look again"));
  expect(await button("Use an access key")).toBeVisible();
});

test("a code is asked for in place, only digits count, and Enter sends it", async () => {
  const { user, fake } = await openWindow(scenarios.ways);
  await user.click(await button(/^Finance/));
  const dialog = await screen.findByRole("dialog", { name: "Type your code" });
  const code = await within(dialog).findByRole("textbox", { name: "Code" });
  expect(code).toHaveFocus();
  expect(code).toHaveAttribute("inputmode", "numeric");
  expect(code).toHaveAttribute("autocomplete", "one-time-code");
  expect(await violations()).toEqual([]);
  await user.type(code, "12 3{Enter}");
  expect(code).toHaveAccessibleDescription("The code has six digits.");
  await user.type(code, "4567{Enter}");
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "connect")).toEqual([
    ["aws:finance", false, null],
    ["aws:finance", false, "123456"],
  ]);
});

test("a wrong code is told in the dialog, and the next one is tried", async () => {
  const { user } = await openWindow(scenarios.ways);
  await user.click(await button(/^Finance/));
  const code = await screen.findByRole("textbox", { name: "Code" });
  await user.type(code, "999999{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Each code works once.");
  expect(code).toHaveValue("");
  await user.type(code, "123456{Enter}");
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
});

test("a code that is not known can be left, without a complaint", async () => {
  const { user } = await openWindow(scenarios.ways);
  await user.click(await button(/^Finance/));
  await screen.findByRole("dialog");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("a last session that asks for a code asks at the start", async () => {
  const { user } = await openWindow({
    ...scenarios.ways,
    recalled: { profile: "aws:finance", place: null, memory: "kept" },
  });
  await user.type(await screen.findByRole("textbox", { name: "Code" }), "123456{Enter}");
  expect(await button(/^Finance Signed in/)).toBeVisible();
});

test("a connection of one's own is removed after one question, and what went is said", async () => {
  const { user, fake } = await openWindow(scenarios.ways);
  await user.click(await button("More for \u2068Agency share\u2069"));
  await user.click(await screen.findByRole("menuitem", { name: "Remove…" }));
  const dialog = await screen.findByRole("dialog", { name: /^Remove “.*Agency share/ });
  expect(dialog).toHaveTextContent("links that you gave out stay as they are");
  expect(await violations()).toEqual([]);
  await user.click(within(dialog).getByRole("button", { name: "Remove it" }));
  expect(
    await screen.findByText("2 entries of the keyring are gone, 1 upload ended."),
  ).toBeVisible();
  expect(asked(fake, "forgetConnection")).toEqual([["own:1"]]);
  await waitFor(() =>
    expect(screen.queryByRole("button", { name: /^Agency share/ })).not.toBeInTheDocument(),
  );
});

test("a removal that did not work is told in the question", async () => {
  const { user } = await openWindow({
    ...scenarios.ways,
    forgotten: fault({ code: "keyringLocked" }),
  });
  await user.click(await button("More for \u2068Agency share\u2069"));
  await user.click(await screen.findByRole("menuitem", { name: "Remove…" }));
  await user.click(await button("Remove it"));
  expect(await screen.findByRole("alert")).toHaveTextContent("The connection was not removed.");
  await user.click(await button("Keep it"));
  expect(await button(/^Agency share/)).toBeVisible();
});

test("signing out leads to the ways in, and says that it was done", async () => {
  const { user, fake } = await openWindow(scenarios.waysInside);
  await user.click(await button(/Account menu$/));
  expect(await violations()).toEqual([]);
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByText("You are signed out.")).toBeVisible();
  expect(await screen.findByRole("heading", { name: "Choose how to sign in" })).toBeVisible();
  expect(asked(fake, "signOut")).toEqual([["aws:press office"]]);
});

test("a sign-out that did not work leaves everything as it is, and says why", async () => {
  const { user } = await openWindow({
    ...scenarios.waysInside,
    signOutError: fault({ code: "offline", params: { host: "acme" } }),
  });
  await user.click(await button(/Account menu$/));
  await user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("You are still signed in.");
  expect(await screen.findByRole("heading", { name: "Autumn launch" })).toBeVisible();
});

test("who shares under a record is told so inside, too", async () => {
  const { user } = await openWindow({ policy: scenarios.noKeys.policy });
  await user.click(await button(/Account menu$/));
  expect(await screen.findByText(/keeps a record of what is shared/)).toBeVisible();
});

test("rules that broke meanwhile leave the way back open", async () => {
  const { user } = await openWindow({ policy: scenarios.brokenPolicy.policy });
  await user.click(await button(/Account menu$/));
  await user.click(await screen.findByRole("menuitem", { name: "Other ways to sign in…" }));
  expect(await screen.findByRole("heading", { name: "Sharing is switched off" })).toBeVisible();
  await user.click(await button("Back to \u2068Marketing\u2069"));
  expect(await screen.findByRole("heading", { name: "Autumn launch" })).toBeVisible();
});
