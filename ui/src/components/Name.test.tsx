import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Name } from "./Name";

const LONG = "batch-000077-photo-00007777.jpg";

test("a long name keeps its end, and reads as one", () => {
  render(<Name keepsEnd>{LONG}</Name>);
  const name = screen.getByTitle(LONG);
  expect(name).toHaveTextContent(LONG);
  expect(name.lastElementChild).toHaveTextContent(/^007777\.jpg$/);
});

test("what was found is marked on both sides of where it may be cut", () => {
  const parts = [
    { text: "batch-000077-", isFound: false },
    { text: "photo-00007777", isFound: true },
    { text: ".jpg", isFound: false },
  ];
  render(
    <Name keepsEnd parts={parts}>
      {LONG}
    </Name>,
  );
  const name = screen.getByTitle(LONG);
  expect(name).toHaveTextContent(LONG);
  const marked = [...name.children].map((side) =>
    [...side.querySelectorAll("mark")].map(({ textContent }) => textContent),
  );
  expect(marked).toEqual([["photo-00"], ["007777"]]);
});
