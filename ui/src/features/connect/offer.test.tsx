import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, violations } from "../../testing/open";
import { acme, offerOf } from "../../testing/ways";
import { scenarios } from "../../testing/world";

test("a file from IT says what it brings before it is used", async () => {
  const { user, fake } = await openWindow(scenarios.connect);
  await user.click(await button("Open a file from IT"));
  expect(await screen.findByRole("heading", { name: /Press office/ })).toBeVisible();
  const terms = screen.getAllByRole("definition").map(({ textContent }) => textContent);
  expect(terms).toEqual([
    "with your organisation, \u2068acme.awsapps.com\u2069",
    "\u2068PressOffice\u2069 in account \u20681234 5678 9012\u2069",
    "acme-press › 2026 › Autumn launch",
    "Only from acme-press › 2026Links last 1 day at mostLinks download, they do not show in the browserNo requests for filesUploads go to “\u2068Inbox\u2069”",
    "\u2068ACME IT\u2069",
  ]);
  expect(await violations()).toEqual([]);
  await user.click(await button("Use this"));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "acceptConnection")).toEqual([[4, "123456789012", "PressOffice", false]]);
});

test("a file that leaves the role open signs in first, and asks for it", async () => {
  const { user, fake } = await openWindow({
    ...scenarios.connect,
    offer: offerOf({
      signIn: {
        ...{ kind: "organisation", organisation: acme, account: "123456789012", role: null },
        endpoint: null,
      },
    }),
  });
  await user.click(await button("Open a file from IT"));
  await user.click(await button("Use this"));
  await screen.findByText(/^Your browser has opened\./);
  await act(async () => fake.arrive());
  await user.click(await button("ReadOnly"));
  await user.click(await button("Sign in"));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "acceptConnection")).toEqual([[4, "123456789012", "ReadOnly", false]]);
});

test("a file for a key asks for nothing but the key", async () => {
  const { user, fake } = await openWindow(scenarios.offerKey);
  await user.click(await button("Open a file from IT"));
  expect(await screen.findByText("Nobody. Use it only if IT gave it to you.")).toBeVisible();
  await user.click(await button("Use this"));
  expect(await screen.findByText(/asks for the access key that IT gave you/)).toBeVisible();
  expect(screen.queryByText("Whose storage is it?")).not.toBeInTheDocument();
  await user.click(await button("Paste keys"));
  await user.click(await button("Check and sign in"));
  expect(await screen.findByRole("navigation", { name: "Places" })).toBeVisible();
  expect(asked(fake, "addKey")[0]).toMatchObject([
    {
      ...{ name: "Press office", offer: 4, usesPasted: true, region: "garage" },
      ...{ endpoint: "https://s3.acme.test", addressing: "path" },
    },
    false,
  ]);
});

test("a file that was not understood is told with its line, among the ways in", async () => {
  const { user } = await openWindow(scenarios.offerRefused);
  await user.click(await button("Open a file from IT"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("The connection file was not opened.");
  expect(alert).toHaveTextContent("look at line 12");
  expect(await button("Open a file from IT")).toBeEnabled();
});

test("a closed dialog changes nothing", async () => {
  const { user } = await openWindow({ ...scenarios.connect, offer: null });
  await user.click(await button("Open a file from IT"));
  expect(await screen.findByRole("heading", { name: "Choose how to sign in" })).toBeVisible();
});

test("a file that is opened outside is shown also over the work, and there is a way back", async () => {
  const { user, fake } = await openWindow();
  await screen.findByRole("heading", { name: "Autumn launch" });
  await act(() => fake.openFile({ kind: "offered", offer: offerOf() }));
  expect(await button("Use this")).toBeVisible();
  await user.click(await button("Back"));
  await user.click(await button("Back to \u2068Marketing\u2069"));
  expect(await screen.findByRole("heading", { name: "Autumn launch" })).toBeVisible();
  const params = { name: "press.guestpass" };
  const error = fault({ code: "connectionFileUntrusted", params });
  await act(() => fake.openFile({ kind: "refused", error }));
  expect(await screen.findByRole("alert")).toHaveTextContent("is not signed by anyone");
});

test("where the files really are is said, and that only some places are shared", async () => {
  const { user } = await openWindow({
    ...scenarios.connect,
    offer: offerOf({
      signIn: {
        ...{ kind: "organisation", organisation: acme, account: "123456789012", role: "Editor" },
        endpoint: "https://s3.elsewhere.test",
      },
    }),
  });
  await user.click(await button("Open a file from IT"));
  expect(await screen.findByText(/the files are at .*s3\.elsewhere\.test/)).toBeVisible();
  expect(screen.getByText(/Only from acme-press › 2026/)).toBeVisible();
});
