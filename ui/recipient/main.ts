// The page on which somebody outside drops files for whoever asked. It stands alone in the bucket: one file, no
// network but the bucket itself.
import { hasEnded, onceEnded } from "./clock";
import { messageCard } from "./dom";
import { type Facts, readFacts } from "./facts";
import { Queue } from "./queue";
import { View } from "./view";
import { words } from "./words";

const page = document.getElementById("page") ?? document.body;
const facts = readFacts(document);
if (facts) void open(facts);
else page.replaceChildren(messageCard(words.cut, words.cutBody));

async function open(facts: Facts) {
  document.title = facts.title;
  if (await hasEnded(facts.expiresAt))
    return page.replaceChildren(messageCard(words.ended, words.endedBody));
  const queue = new Queue(facts, (entry) => view.draw(entry));
  const view = new View(facts, queue);
  page.replaceChildren(view.card);
  onceEnded(facts.expiresAt, () => view.end());
  addEventListener("beforeunload", (event) => {
    if (!queue.isBusy) return;
    event.preventDefault();
    // Browsers before 2023 ask only if this is set.
    event.returnValue = true;
  });
}
