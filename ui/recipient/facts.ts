// What the app wrote into the page: `src-tauri/src/pages.rs` mirrors it.
export interface Facts {
  title: string;
  /** Where the form is posted to: the bucket itself, of the page's own origin. */
  action: string;
  /** What every key begins with. */
  prefix: string;
  /** The largest file, in bytes. */
  maxBytes: number;
  /** Unix seconds. */
  expiresAt: number;
  /** The signed fields, in the order in which they stand before the file. */
  fields: [name: string, value: string][];
}

/** Nothing if the page was cut off on its way. */
export function readFacts(page: Document): Facts | null {
  try {
    return JSON.parse(page.getElementById("facts")?.textContent ?? "") as Facts;
  } catch {
    return null;
  }
}
