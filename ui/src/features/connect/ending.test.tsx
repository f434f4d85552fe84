import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { asked, button, openWindow } from "../../testing/open";
import { NOW, profile, scenarios } from "../../testing/world";

const front = () => act(async () => void window.dispatchEvent(new Event("focus")));
const at = (seconds: number) => ({ kind: "at" as const, at: NOW / 1000 + seconds });

test("the account tells the truth again when the window comes to the front", async () => {
  const { fake } = await openWindow(scenarios.limited);
  expect(await button(/Signed in until 21:04/)).toBeVisible();
  const ends = asked(fake, "linkEnd").length;
  fake.scenario.credentialsEnd = at(5 * 3600);
  await front();
  expect(await button(/Signed in until 22:20/)).toBeVisible();
  await waitFor(() => expect(asked(fake, "linkEnd").length).toBeGreaterThan(ends));
});

test("a sign-out elsewhere is seen, and said above the list", async () => {
  const { fake } = await openWindow(scenarios.limited);
  await button(/Signed in until 21:04/);
  fake.scenario.until = at(-60);
  await front();
  expect(await button(/Your sign-in has ended/)).toBeVisible();
  expect(await screen.findByText("Your sign-in ended at 17:19.")).toBeVisible();
});

test("five minutes before its end the sign-in is renewed in place, through the organisation", async () => {
  const { user, fake } = await openWindow(scenarios.endingSoon);
  expect(await screen.findByText("Your sign-in ends at 17:24.")).toBeVisible();
  expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  const [first] = await screen.findAllByRole("button", { name: "Sign in again" });
  await user.click(first as HTMLElement);
  expect(await screen.findByText(/^Your browser has opened\./)).toBeVisible();
  expect(await screen.findByRole("heading", { name: "Autumn launch" })).toBeVisible();
  fake.scenario.credentialsEnd = at(8 * 3600);
  await act(async () => fake.arrive());
  expect(await button(/Signed in until Tuesday, 01:20/)).toBeVisible();
  expect(screen.queryByText(/^Your sign-in ends/)).not.toBeInTheDocument();
});

test("whoever signs in elsewhere says so, and is asked nothing else", async () => {
  const { user, fake } = await openWindow({ credentialsEnd: at(120) });
  expect(await screen.findByText(/Sign in the way you usually do first\.$/)).toBeVisible();
  const [first] = await screen.findAllByRole("button", { name: "I have signed in again" });
  fake.scenario.credentialsEnd = at(4 * 3600);
  await user.click(first as HTMLElement);
  expect(await button(/Signed in until 21:20/)).toBeVisible();
  expect(asked(fake, "connect")).toHaveLength(2);
});

test("a code that is wanted for going on is asked for in place", async () => {
  const standing = { kind: "needsCode" as const };
  const { user, fake } = await openWindow({
    profiles: [profile("Marketing", { kind: "role", standing })],
    credentialsEnd: at(120),
  });
  const [first] = await screen.findAllByRole("button", { name: "Sign in again" });
  fake.scenario.codes = { "aws:marketing": "123456" };
  fake.scenario.credentialsEnd = at(4 * 3600);
  await user.click(first as HTMLElement);
  await user.type(await screen.findByRole("textbox", { name: "Code" }), "123456{Enter}");
  expect(await button(/Signed in until 21:20/)).toBeVisible();
});

test("a folder that was refused because the sign-in had ended is read anew after it", async () => {
  const error = scenarios.refused.connectError;
  const { user, fake } = await openWindow({
    ...scenarios.endedInside,
    folders: { "acme-press/2026/Autumn launch/": error },
  });
  expect(await screen.findByText("This folder did not open.")).toBeVisible();
  const [first] = await screen.findAllByRole("button", { name: "Sign in again" });
  await user.click(first as HTMLElement);
  fake.scenario.folders = { "acme-press/2026/Autumn launch/": [] };
  fake.scenario.credentialsEnd = at(4 * 3600);
  await act(async () => fake.arrive());
  expect(await screen.findByText("This folder is empty")).toBeVisible();
});

test("a folder that is refused for want of a sign-in offers it, also when nobody knew the end", async () => {
  const { user, fake } = await openWindow({
    credentialsEnd: { kind: "unknown" },
    folders: { "acme-press/2026/Autumn launch/": scenarios.refused.connectError },
  });
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("This folder did not open.");
  fake.scenario.folders = { "acme-press/2026/Autumn launch/": [] };
  await user.click(within(alert).getByRole("button", { name: "I have signed in again" }));
  expect(await screen.findByText("This folder is empty")).toBeVisible();
});
