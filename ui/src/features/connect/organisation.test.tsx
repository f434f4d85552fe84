import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, violations } from "../../testing/open";
import { acme } from "../../testing/ways";
import { scenarios } from "../../testing/world";

type Opened = Awaited<ReturnType<typeof openWindow>>;

async function toBrowser(...args: Parameters<typeof openWindow>): Promise<Opened> {
  const opened = await openWindow(...args);
  const { user } = opened;
  await user.click(await button("Sign in with your organisation"));
  await user.type(await screen.findByRole("textbox", { name: "Start page" }), "acme");
  await user.click(await button(/^Choose one/));
  await user.click(await screen.findByRole("option", { name: /Frankfurt/ }));
  await user.click(await button("Open the browser"));
  return opened;
}

const arrive = ({ fake }: Opened) => act(async () => fake.arrive());

test("a person signs in with the organisation, chooses account and role, and is in", async () => {
  const opened = await toBrowser(scenarios.connect);
  const { user, fake } = opened;
  expect(await screen.findByText(/^Your browser has opened\./)).toBeVisible();
  expect(await violations()).toEqual([]);
  await arrive(opened);
  await user.click(await button(/^ACME Press .1234 5678 9012/));
  expect(await violations()).toEqual([]);
  await user.click(await button("PressOffice"));
  const name = await screen.findByRole("textbox", { name: "Name" });
  expect(name).toHaveValue("ACME Press");
  await user.type(name, " links{Enter}");
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "signIn")).toEqual([[{ ...acme, session: null }, "browser"]]);
  expect(asked(fake, "addRole")).toEqual([
    [
      {
        ...{ name: "ACME Press links", account: "123456789012", role: "PressOffice" },
        ...{ organisation: { ...acme, session: null }, region: "eu-central-1" },
      },
      false,
    ],
  ]);
  expect(await button(/^ACME Press links/)).toBeVisible();
});

test("what has only one answer is not asked", async () => {
  const opened = await toBrowser(scenarios.oneAccount);
  await arrive(opened);
  expect(await screen.findByRole("textbox", { name: "Name" })).toHaveFocus();
});

test("what is missing or cannot be a start page is said at its field", async () => {
  const { user, fake } = await openWindow(scenarios.connect);
  await user.click(await button("Sign in with your organisation"));
  const start = await screen.findByRole("textbox", { name: "Start page" });
  await user.type(start, "our company{Enter}");
  expect(start).toHaveAccessibleDescription(/neither a short name nor an address/);
  expect(await screen.findByText(/^Choose where your organisation’s sign-in/)).toBeVisible();
  expect(asked(fake, "signIn")).toEqual([]);
});

test("what this computer knows of the organisation is filled in, with its session", async () => {
  const { user, fake } = await openWindow(scenarios.ways);
  await user.click(await button("Sign in with your organisation"));
  expect(await screen.findByRole("textbox", { name: "Start page" })).toHaveValue(acme.startUrl);
  await user.click(await button("Open the browser"));
  expect(asked(fake, "signIn")).toEqual([[acme, "browser"]]);
});

test("a browser on another computer gets a code, and the first sign-in is stopped", async () => {
  const { user, fake } = await toBrowser(scenarios.connect);
  await user.click(await button("My browser is on another computer"));
  expect(await screen.findByText(/BCDF-GHJK/)).toBeVisible();
  expect(await violations()).toEqual([]);
  await user.click(await button("Copy code"));
  expect(fake.copied).toEqual(["BCDF-GHJK"]);
  expect(await button("Copied")).toBeVisible();
  const ways = asked(fake, "signIn").map(([, how]) => how);
  expect(ways).toEqual(["browser", "device"]);
  expect(asked(fake, "stopSignIn")).toHaveLength(1);
});

test("without a browser the address is there to copy", async () => {
  const { user } = await openWindow(scenarios.noBrowser);
  await user.click(await button(/^Legal/));
  expect(await screen.findByText(/^No browser could be opened\./)).toBeVisible();
  expect(await screen.findByRole("textbox", { name: "Address" })).toHaveValue(
    `${acme.startUrl}#/device`,
  );
});

test("a connection that is signed out signs in at once, and then goes in", async () => {
  const opened = await openWindow(scenarios.ways);
  const { user, fake } = opened;
  await user.click(await button(/^Legal .* Signed out/));
  expect(await screen.findByText(/^Your browser has opened\./)).toBeVisible();
  await arrive(opened);
  expect(await button(/^Legal Signed in/)).toBeVisible();
  expect(asked(fake, "connect")).toEqual([["aws:legal", false, null]]);
});

test("cancelling leads back to the ways in, without a complaint", async () => {
  const { user, fake } = await openWindow(scenarios.ways);
  await user.click(await button(/^Legal/));
  await user.click(await button("Cancel"));
  expect(await screen.findByRole("heading", { name: "Choose how to sign in" })).toBeVisible();
  expect(asked(fake, "stopSignIn")).toHaveLength(1);
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("a sign-in that was declined is told, and can be tried again", async () => {
  const opened = await toBrowser({
    ...scenarios.connect,
    signInError: fault({ code: "signInRefused" }),
  });
  const { user, fake } = opened;
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The sign-in was declined in the browser.");
  fake.scenario.signInError = null;
  await user.click(await button("Try again"));
  expect(await screen.findByText(/^Your browser has opened\./)).toBeVisible();
});

test("a sign-in that has ended is offered beside its connection", async () => {
  const { user, fake } = await openWindow({
    ...scenarios.waysInside,
    connectError: scenarios.refused.connectError,
  });
  const cards = await screen.findByRole("list", { name: "Connections on this computer" });
  await user.click(await within(cards).findByRole("button", { name: "Sign in" }));
  fake.scenario.connectError = null;
  await act(async () => fake.arrive());
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
});

test("a new connection that cannot be kept can be used until the app is closed", async () => {
  const opened = await toBrowser(scenarios.keyringLocked);
  const { user, fake } = opened;
  await arrive(opened);
  await user.click(await button(/^ACME Press/));
  await user.click(await button("PressOffice"));
  await user.click(await button("Sign in"));
  expect(await screen.findByRole("alert")).toHaveTextContent("keys are kept nowhere else");
  await user.click(await button("Use it for this session only"));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "addRole").map(([, sessionOnly]) => sessionOnly)).toEqual([false, true]);
});

test("accounts that were refused can be asked for again", async () => {
  const opened = await toBrowser({
    ...scenarios.connect,
    accounts: fault({ code: "serverBusy" }),
  });
  const { user, fake } = opened;
  await arrive(opened);
  expect(await screen.findByRole("alert")).toHaveTextContent("The accounts were not listed.");
  fake.scenario.accounts = [{ id: "123456789012", name: "ACME Press" }];
  await user.click(await button("Try again"));
  await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
  expect(await button("PressOffice")).toBeVisible();
});
