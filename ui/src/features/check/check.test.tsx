import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, violations } from "../../testing/open";
import { scenarios } from "../../testing/world";

async function openCheck(...args: Parameters<typeof openWindow>) {
  const opened = await openWindow(...args);
  await screen.findByRole("heading", { name: "Autumn launch" });
  await opened.user.click(await button(/Account menu$/));
  await opened.user.click(await screen.findByRole("menuitem", { name: "Can I share from here?" }));
  return opened;
}

const LAUNCH = { bucket: "acme-press", prefix: "2026/Autumn launch/" };

test("the check begins by itself, says each step in words, and changes nothing", async () => {
  const { user, fake } = await openCheck();
  expect(await screen.findByText("Yes: everything that was tried works.")).toBeVisible();
  expect(screen.getByRole("heading", { name: "Can I share from here?" })).toHaveFocus();
  expect(screen.getAllByRole("listitem").at(-1)).toHaveTextContent(
    /^How new files are encrypted is known/,
  );
  expect(asked(fake, "examine")).toEqual([["aws:marketing", LAUNCH, false]]);
  expect(await violations()).toEqual([]);
  await user.click(await button("Back"));
  expect(await screen.findByRole("heading", { name: "Autumn launch" })).toBeVisible();
});

test("writing is tried on request alone, and what is missing can be handed to IT", async () => {
  const { user, fake } = await openCheck();
  await screen.findByText(/^Yes:/);
  expect(screen.getByText(/^Puts a file named guestpass-check-…/)).toBeVisible();
  await user.click(await button("Also try to write, copy and delete a small file"));
  expect(await screen.findByText("Not quite: 1 step did not work.")).toBeVisible();
  expect(asked(fake, "examine").at(-1)).toEqual(["aws:marketing", LAUNCH, true]);
  const refused = screen.getByText("You may not put files here").closest("li") as HTMLElement;
  expect(refused).toHaveTextContent("Not allowed");
  await user.click(within(refused).getByText("What IT could allow"));
  const [, copy] = within(refused).getAllByRole("button", { name: "Copy for IT" });
  await user.click(copy as HTMLElement);
  expect(fake.copied.at(-1)).toContain('"Action": "s3:PutObject"');
  expect(screen.getByText("Whether you may make copies")).toBeVisible();
});

test("the whole report is one text", async () => {
  const { user, fake } = await openCheck(scenarios.unreachable);
  await screen.findByText("Not quite: 1 step did not work.");
  await user.click(await button("Copy the report for IT"));
  expect(fake.copied).toEqual([
    `Can I share from here?
Marketing
s3://acme-press/2026/Autumn launch/

[Does not work] The storage does not answer
    offline
    {"host":"s3.eu-central-1.amazonaws.com"}
    connect timeout after 10 s, proxy proxy.acme.test:3128
    request 4442587FB7D0A2F9

[Not tried] Whether it is the right server, and nobody listens in

[Not tried] Whether the clocks agree

[Not tried] Whether the storage knows who you are

[Not tried] Whether the place can be found

[Not tried] Whether you may see what is in it

[Not tried] Whether you may read a file

[Not tried] Whether a link opens without signing in

[Not tried] How new files are encrypted`,
  ]);
});

test("a check that breaks off says so, and can be made again", async () => {
  const { user, fake } = await openCheck({ examineError: fault({ code: "internal" }) });
  expect(await screen.findByRole("alert")).toHaveTextContent("The check did not come to its end.");
  fake.scenario.examineError = null;
  await user.click(await button("Check again"));
  expect(await screen.findByText(/^Yes:/)).toBeVisible();
});

test("without an open place nothing is written", async () => {
  const { user } = await openWindow(scenarios.noPlace);
  await user.click(await button(/Account menu$/));
  await user.click(await screen.findByRole("menuitem", { name: "Can I share from here?" }));
  expect(await button(/^Also try to write/)).toBeDisabled();
  expect(screen.getByText(/^Open a place first/)).toBeVisible();
});

test("a file that could not be deleted again is not kept quiet", async () => {
  const step = { fact: null, error: null, statement: null };
  const { user } = await openCheck({
    findings: [
      { ...step, step: "write", outcome: "fine" },
      { ...step, step: "delete", outcome: "refused" },
    ],
  });
  await user.click(await button(/^Also try to write/));
  expect(await screen.findByRole("note")).toHaveTextContent("Ask IT to delete it.");
});
