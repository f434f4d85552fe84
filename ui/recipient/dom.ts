// Texts of others (the title, names of files) only ever become text.
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  text = "",
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A text that is said again must not be read out again. */
export function tell(place: HTMLElement, text: string) {
  if (place.textContent !== text) place.textContent = text;
}

export function messageCard(title: string, body: string): HTMLElement {
  const card = element("section", "card");
  card.append(element("h1", "", title), element("p", "soft", body));
  return card;
}
