import { screen } from "@testing-library/dom";
import { expect, test, vi } from "vitest";
import { bucket, file, openPage } from "./testing/visit";

const heading = () => screen.findByRole("heading", { name: "This request has ended" });
const chooser = () => screen.queryByLabelText<HTMLInputElement>("Choose files");
const soon = () => Date.now() / 1000 + 1;

test("after its end the page says so and takes nothing", async () => {
  bucket.time = 1_001;
  await openPage({ expiresAt: 1_000 });
  expect(await heading()).toBeVisible();
  expect(chooser()).not.toBeInTheDocument();
});

test("a page that cannot ask the bucket believes the visitor's clock", async () => {
  await openPage({ expiresAt: 1_000 });
  expect(await heading()).toBeVisible();
});

test("a visitor's clock that is ahead ends nothing", async () => {
  bucket.time = 999;
  await openPage({ expiresAt: 1_000 });
  expect(await screen.findByLabelText("Choose files")).toBeInTheDocument();
});

test("a page that stands open past the end says so", async () => {
  await openPage({ expiresAt: soon() });
  await vi.waitFor(() => expect(chooser()).toBeInTheDocument());
  expect(await screen.findByText("This request has ended", {}, { timeout: 5_000 })).toBeVisible();
  expect(chooser()).not.toBeInTheDocument();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Photos for <b>Kim</b>");
});

test("a bucket that says that the request has ended is believed, and the list stays", async () => {
  bucket.answers = [
    201,
    [403, "<Error><Code>AccessDenied</Code><Message>Policy expired.</Message></Error>"],
  ];
  const user = await openPage();
  const input = await screen.findByLabelText<HTMLInputElement>("Choose files");
  await user.upload(input, [file("a.png"), file("b.png")]);
  expect(await heading()).toBeVisible();
  expect(await screen.findByText("Arrived")).toBeVisible();
  expect(screen.getByText(/^Not sent: this request has ended/)).toBeVisible();
});

test("a page that was cut off on its way says so", async () => {
  document.body.innerHTML = '<main id="page"></main>';
  await import("./main");
  expect(screen.getByRole("heading")).toHaveTextContent("This page is not complete");
});
