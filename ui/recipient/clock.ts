// The visitor's clock may be wrong; the bucket's is the one that ends the request. It is asked only when the visitor's
// says that all is over.
const PATIENCE_MS = 3_000;

/** Seconds by which the visitor's clock is ahead. */
let ahead = 0;

const now = () => Date.now() / 1000 - ahead;

/** `expiresAt` in unix seconds. */
export async function hasEnded(expiresAt: number): Promise<boolean> {
  if (now() < expiresAt) return false;
  const told = await bucketsTime();
  if (told !== null) ahead = Date.now() / 1000 - told;
  return now() >= expiresAt;
}

export function onceEnded(expiresAt: number, tell: () => void) {
  // In steps, since a timer stands still while the computer sleeps.
  const wait = Math.min(Math.max(expiresAt - now(), 1), 60) * 1000;
  setTimeout(async () => {
    if (await hasEnded(expiresAt)) tell();
    else onceEnded(expiresAt, tell);
  }, wait);
}

/** A refusal carries the date too. */
async function bucketsTime(): Promise<number | null> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const asked = fetch(location.href, { cache: "no-store", headers: { Range: "bytes=0-0" } }).then(
    ({ headers }) => Date.parse(headers.get("Date") ?? "") / 1000 || null,
    () => null,
  );
  return Promise.race([asked, late]);
}
