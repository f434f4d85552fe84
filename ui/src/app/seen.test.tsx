// What is seen as chosen is what is acted on, also while it is not answered yet.
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { asked, chosenRow, openWindow, row } from "../testing/open";

const HERO = "2026/Autumn launch/Hero image 4000×2250.jpg";

/** The letter is chosen, and the answer to what comes next is held back. */
async function openWithLateAnswers() {
  const opened = await openWindow();
  const { user, fake } = opened;
  await user.click(await row(/^Embargo letter/));
  await screen.findByRole("heading", { name: "Embargo letter.pdf" });
  const select = fake.selectRows;
  const held: (() => void)[] = [];
  fake.selectRows = async (...act) => {
    await new Promise<void>((release) => held.push(release));
    return select(...act);
  };
  return { ...opened, release: () => held.splice(0).forEach((one) => void one()) };
}

test("Ctrl+C lends the row that is seen as chosen", async () => {
  const { user, fake, release } = await openWithLateAnswers();
  await user.keyboard("{ArrowDown}{Control>}c{/Control}");
  expect(await chosenRow(/^Hero image/)).toBeVisible();
  release();
  expect(await screen.findByText("Link copied and tested")).toBeVisible();
  expect(asked(fake, "copyLink")).toMatchObject([[{ key: HERO }]]);
});

test("so does Ctrl+C for a range", async () => {
  const { user, fake, release } = await openWithLateAnswers();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}c{/Control}");
  release();
  expect(await screen.findByText("2 links copied and tested")).toBeVisible();
  expect(asked(fake, "copyLinks")).toMatchObject([
    [{ keys: ["2026/Autumn launch/Embargo letter.pdf", HERO] }],
  ]);
});

test("Delete, Ctrl+S and F2 are about that row, too", async () => {
  const { user, fake, release } = await openWithLateAnswers();
  await user.keyboard("{ArrowDown}{Delete}{Control>}s{/Control}{F2}");
  expect(await chosenRow(/^Hero image/)).toBeVisible();
  release();
  expect(await screen.findByRole("dialog", { name: /^Rename .*Hero image/ })).toBeVisible();
  const hero = { kind: "rows", rows: [{ kind: "object", key: HERO }] };
  await waitFor(() => expect(asked(fake, "saveRows")).toHaveLength(1));
  expect(asked(fake, "deleteRows")[0]?.[2]).toMatchObject(hero);
  expect(asked(fake, "saveRows")[0]?.[2]).toMatchObject(hero);
});
