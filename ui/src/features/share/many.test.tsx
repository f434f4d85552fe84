import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { AppError } from "../../ipc/bindings";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, row } from "../../testing/open";
import { scenarios } from "../../testing/world";

const name = (number: number) => `Photo ${String(number).padStart(4, "0")}.jpg`;

test("several files are chosen by mouse, and one click copies their links in the order of the list", async () => {
  const { user, fake } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0003/));
  await user.keyboard("{Control>}");
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{/Control}");
  expect(await screen.findByRole("heading", { name: "2 files" })).toBeVisible();
  await user.click(await button("Copy 2 links"));
  expect(await screen.findByText("2 links copied and tested")).toBeVisible();
  expect(asked(fake, "copyLinks")[0]).toMatchObject([{ keys: [name(1), name(3)] }]);
  expect(within(await row(/^Photo 0003/)).getByText("Link copied")).toBeVisible();
});

test("a range is chosen with Shift, by mouse and by keys", async () => {
  const { user } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0002/));
  await user.keyboard("{Shift>}");
  await user.click(await row(/^Photo 0005/));
  await user.keyboard("{/Shift}");
  expect(await screen.findByRole("heading", { name: "4 files" })).toBeVisible();
  await user.click(await row(/^Photo 0002/));
  expect(screen.queryByRole("heading", { name: "4 files" })).not.toBeInTheDocument();
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect(await screen.findByRole("heading", { name: "3 files" })).toBeVisible();
});

test("Ctrl+A and Ctrl+C copy the links of all that is loaded, and what is not loaded is said", async () => {
  const { user, fake } = await openWindow({ ...scenarios.many, readsAtOnce: 1_000 });
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Control>}a{/Control}");
  expect(await screen.findByRole("heading", { name: "1,000 files" })).toBeVisible();
  expect(screen.getByText(/has more files than are loaded/)).toBeVisible();
  await user.keyboard("{Control>}c{/Control}");
  expect(await screen.findByText("1,000 links copied and tested")).toBeVisible();
  expect(fake.copied).toHaveLength(1000);
});

test("folders among the chosen are left out and named", async () => {
  const { user, fake } = await openWindow();
  await user.click(await row(/^Photos/));
  await user.keyboard("{Control>}a{/Control}");
  expect(await screen.findByRole("heading", { name: "5 files" })).toBeVisible();
  expect(screen.getByText(/2 folders are left out/)).toBeVisible();
  await user.click(await button("Copy 5 links"));
  await screen.findByText("5 links copied and tested");
  expect(fake.copied).toHaveLength(5);
});

test("one failure does not lose the rest, and says why", async () => {
  const denied = fault({
    code: "accessDenied",
    params: { action: "read", by: "bucketPolicy", profile: "Marketing", bucket: "b", key: "k" },
  });
  const { user } = await openWindow({ ...scenarios.many, linkErrors: { [name(2)]: denied } });
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  await user.click(await button("Copy 3 links"));
  expect(await screen.findByText("2 links copied and tested")).toBeVisible();
  const alert = screen.getByRole("alert");
  expect(alert).toHaveTextContent("1 file has no link");
  expect(alert).toHaveTextContent(name(2));
  expect(alert).toHaveTextContent("The rules of this place do not allow");
});

test("many links can be stopped", async () => {
  const { user, fake } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  let stop: (reason: AppError) => void = () => undefined;
  fake.copyLinks = () =>
    new Promise((_, reject) => {
      stop = reject;
    });
  fake.stopLinks = async () => stop(fault({ code: "cancelled" }));
  await user.click(await button("Copy 2 links"));
  await user.click(await button("Stop"));
  expect(await screen.findByText("Stopped. No link was copied.")).toBeVisible();
});

test("choosing one file again brings its panel back", async () => {
  const { user } = await openWindow(scenarios.many);
  await user.click(await row(/^Photo 0001/));
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  await screen.findByRole("heading", { name: "2 files" });
  await user.click(await row(/^Photo 0004/));
  await waitFor(() => expect(screen.queryByText("2 files")).not.toBeInTheDocument());
  expect(await button("Copy link")).toBeEnabled();
});
