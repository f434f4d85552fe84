import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { unlimited } from "../ipc/fake";
import { asked, button, openWindow, radio, row } from "../testing/open";
import { dropOf, scenarios } from "../testing/world";

const INBOX = { bucket: "acme-press", prefix: "2026/Inbox/" };

test("ends beyond what IT allows cannot be chosen, and the longest is said", async () => {
  const { user, fake } = await openWindow(scenarios.restricted);
  await user.click(await row(/^Launch film/));
  expect(await radio("1 day")).toBeChecked();
  expect(await radio("3 days")).toBeDisabled();
  expect(await radio("7 days")).toBeDisabled();
  expect(await screen.findByText("Your organisation allows links of up to 1 day.")).toBeVisible();
  await user.click(await button("Copy link"));
  expect(asked(fake, "copyLink")[0]).toMatchObject([
    { options: { expiry: { kind: "for", seconds: 86_400 } } },
  ]);
});

test("a usual time that is none of the choices stands under “Other”, from the click on", async () => {
  const { user, fake } = await openWindow(scenarios.restrictedShort);
  await user.click(await row(/^Launch film/));
  expect(await radio("Other…")).toBeChecked();
  expect(await screen.findByText("Links last 30 minutes at most.")).toBeVisible();
  await user.click(await button("Copy link"));
  expect(asked(fake, "copyLink")[0]).toMatchObject([
    { options: { expiry: { kind: "for", seconds: 1_800 } } },
  ]);
});

test("IT's usual time is chosen where nothing is limited", async () => {
  await openWindow({ usualSeconds: 3_600 });
  expect(await radio("1 hour")).toBeChecked();
  expect(await radio("7 days")).toBeEnabled();
});

test("where only downloads are allowed, a film is one, and why is said", async () => {
  const { user, fake } = await openWindow(scenarios.restricted);
  await user.click(await row(/^Launch film/));
  expect(await radio("Play in the browser")).toBeDisabled();
  expect(await radio("Download")).toBeChecked();
  expect(await screen.findByText("Your organisation allows downloads only.")).toBeVisible();
  await user.click(await button("Copy link"));
  expect(asked(fake, "copyLink")[0]).toMatchObject([{ options: { disposition: "attachment" } }]);
});

test("asking for files says why it is not possible", async () => {
  const { user } = await openWindow(scenarios.restricted);
  await user.click(await button("Request files"));
  expect(await screen.findByRole("dialog")).toHaveTextContent(
    "Your organisation does not allow requests for files. Ask IT what you can use instead.",
  );
});

test("uploads go where IT wants them, and the drop says so before", async () => {
  const { fake } = await openWindow(scenarios.restricted);
  expect(await screen.findByText(/upload them into “.*Inbox/)).toBeVisible();
  await act(() => fake.drop({ kind: "over", names: ["a.mp4"] }));
  expect(await screen.findByRole("heading", { name: /^Drop 1 file into “Inbox”/ })).toBeVisible();
  expect(await screen.findByText(/^Your organisation wants uploads there\./)).toBeVisible();
  await act(() => fake.drop({ kind: "dropped", drop: dropOf(3, "a.mp4") }));
  expect(asked(fake, "send")).toMatchObject([[{ place: INBOX, disposition: "attachment" }]]);
});

test("a request goes where IT wants uploads, too", async () => {
  const { user, fake } = await openWindow({ limits: { ...unlimited, uploadTo: INBOX } });
  await user.click(await button("Request files"));
  await user.click(await button("Copy upload link"));
  expect(asked(fake, "copyUploadLink")).toMatchObject([[{ place: INBOX }]]);
});

test("a folder from IT is a place of its own, and is not to be removed", async () => {
  await openWindow(scenarios.given);
  const place = await button("Autumn launch from IT");
  expect(place).toHaveAttribute("aria-current", "page");
  expect(screen.queryByRole("button", { name: /^Remove/ })).not.toBeInTheDocument();
});
