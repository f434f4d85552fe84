// Which part of a name is what was searched for, whatever its case and accents.

export type Part = { text: string; isFound: boolean };

const folded = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The name in parts, in order. */
export function partsOf(name: string, search: string): Part[] {
  const characters = [...name];
  // Folding may make several letters of one, or none.
  const letters = characters.flatMap((character, at) =>
    folded(character)
      .split("")
      .map((letter) => ({ letter, at })),
  );
  const text = letters.map(({ letter }) => letter).join("");
  const found = new Set<number>();
  for (const word of folded(search).split(/\s+/).filter(Boolean)) {
    for (let from = text.indexOf(word); from !== -1; from = text.indexOf(word, from + 1))
      for (const { at } of letters.slice(from, from + word.length)) found.add(at);
  }
  const parts: Part[] = [];
  for (const [at, text] of characters.entries()) {
    const last = parts.at(-1);
    // A mark belongs to its letter.
    const isFound = /^\p{M}$/u.test(text) ? (last?.isFound ?? false) : found.has(at);
    if (last?.isFound === isFound) last.text += text;
    else parts.push({ text, isFound });
  }
  return parts;
}
