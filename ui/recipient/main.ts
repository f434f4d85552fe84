// The page on which somebody outside drops files for whoever asked. It stands alone in the bucket: one file, no
// network but the bucket itself.
import { readFacts } from "./facts";
import { Queue } from "./queue";
import { endedCard, View } from "./view";

const facts = readFacts(document);
const page = document.getElementById("page") ?? document.body;
document.title = facts.title;

if (Date.now() / 1000 >= facts.expiresAt) {
  page.replaceChildren(endedCard());
} else {
  const queue = new Queue(facts, () => view.draw());
  const view = new View(facts, queue);
  page.replaceChildren(view.card);
  addEventListener("beforeunload", (event) => {
    if (queue.isBusy) event.preventDefault();
  });
}
