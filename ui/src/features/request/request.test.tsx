import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fault } from "../../ipc/fake";
import { asked, button, openWindow, radio, row } from "../../testing/open";
import { scenarios } from "../../testing/world";

async function startRequest(...args: Parameters<typeof openWindow>) {
  const opened = await openWindow(...args);
  await row(/^Launch film/);
  await opened.user.click(await button("Request files"));
  return opened;
}

test("files are asked for by a page, whose link is copied", async () => {
  const { user, fake } = await startRequest();
  const title = await screen.findByRole("textbox", { name: "Title" });
  expect(title).toHaveFocus();
  await user.clear(title);
  await user.type(title, "Photos from Kim");
  await user.click(await radio("1 day"));
  await user.click(await radio("5 GB"));
  await user.click(await button("Copy upload link"));
  const status = await screen.findByText("Upload link copied and tested");
  expect(status.closest("[role=status]")).toHaveTextContent(/until Tuesday 24 November, 17:20/);
  expect(asked(fake, "copyUploadLink")).toEqual([
    [
      {
        profile: "aws:marketing",
        place: { bucket: "acme-press", prefix: "2026/Autumn launch/" },
        title: "Photos from Kim",
        expiry: { kind: "for", seconds: 86_400 },
        maxBytes: 5_000_000_000,
      },
    ],
  ]);
  expect(fake.copied).toHaveLength(1);
});

test("a title that cannot name a folder is said at the field", async () => {
  const { user } = await startRequest();
  const title = await screen.findByRole("textbox", { name: "Title" });
  await user.type(title, "/x");
  expect(await screen.findByText(/It cannot contain/)).toBeVisible();
  expect(await button("Copy upload link")).toBeDisabled();
});

test("a refusal says why", async () => {
  const params = {
    action: "write",
    by: "notSaid",
    profile: "Marketing",
    bucket: "acme-press",
    key: null,
  } as const;
  const copyError = fault({ code: "accessDenied", params });
  const { user } = await startRequest({ copyError });
  await user.click(await button("Copy upload link"));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent("No upload link was copied.");
  expect(alert).toHaveTextContent("is not allowed to put files here.");
});

test("when the clipboard refuses, the upload link is there to be copied by hand", async () => {
  const { user } = await startRequest(scenarios.clipboard);
  await user.click(await button("Copy upload link"));
  expect(await screen.findByRole("textbox", { name: "The link" })).toHaveFocus();
});

test("Escape, the button and choosing a file bring the link panel back", async () => {
  const { user } = await startRequest();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("textbox", { name: "Title" })).not.toBeInTheDocument();
  await user.click(await button("Request files"));
  await user.click(await button("Close"));
  expect(screen.queryByRole("textbox", { name: "Title" })).not.toBeInTheDocument();
  await user.click(await button("Request files"));
  await user.click(await row(/^Embargo/));
  expect(await button("Copy link")).toBeEnabled();
});
