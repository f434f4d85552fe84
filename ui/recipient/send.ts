// One file to the bucket, by the form that the app signed.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import { hasEnded } from "./clock";
import type { Facts } from "./facts";
import type { Fault } from "./words";

const TRIES = 4;
const PAUSE_MS = 1_000;

/** A file, and the folders with which it was dropped. */
export interface Item {
  file: File;
  path: string;
  isUnreadable?: true;
}

export interface Reports {
  onProgress: (share: number) => void;
  /** It broke off, and is tried again in a moment. */
  onPause: () => void;
}

/** Rejects with a `Fault`. A fault of the network or the other side is tried again, a refusal is not. */
export async function send(
  facts: Facts,
  item: Item,
  key: string,
  { onProgress, onPause }: Reports,
  stop: AbortSignal,
): Promise<void> {
  if (item.isUnreadable) throw "unreadable" satisfies Fault;
  if (item.file.size > facts.maxBytes) throw "tooLarge" satisfies Fault;
  // The same key at each try: where only the answer was lost, no second copy arrives.
  const body = formOf(facts, item.file, key);
  for (let attempt = 1; ; attempt += 1) {
    if (await hasEnded(facts.expiresAt)) throw "ended" satisfies Fault;
    const fault = await post(facts.action, body, onProgress, stop);
    if (fault === null) return;
    // A browser tells a file that has gone in the meantime like a broken network.
    if (fault === "network" && !(await isReadable(item.file))) throw "unreadable" satisfies Fault;
    const isPassing = fault === "network" || fault === "busy";
    if (!isPassing || attempt === TRIES) throw fault;
    onPause();
    await pause(PAUSE_MS * 2 ** attempt * Math.random(), stop);
  }
}

/** The fields in their order, the file last: what stands behind it is not read. */
export function formOf({ fields }: Facts, file: File, key: string): FormData {
  const own: Record<string, string> = {
    key,
    "Content-Type": file.type || "application/octet-stream",
  };
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, own[name] ?? value);
  form.append("file", file);
  return form;
}

/** `fetch` tells nothing of how much has gone out. */
function post(
  action: string,
  body: FormData,
  onProgress: (share: number) => void,
  stop: AbortSignal,
): Promise<Fault | null> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve("stopped");
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(faultOf(request));
    request.onerror = () => resolve("network");
    request.onabort = () => resolve("stopped");
    stop.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}

function faultOf({ status, responseText }: XMLHttpRequest): Fault | null {
  if (status >= 200 && status < 300) return null;
  if (status === 429 || status >= 500) return "busy";
  const code = /<Code>(\w+)<\/Code>/.exec(responseText)?.[1];
  if (code === "EntityTooLarge" || status === 413) return "tooLarge";
  // S3 says it only in the message: AccessDenied, "Invalid according to Policy: Policy expired."
  return /expired/i.test(responseText) ? "ended" : "refused";
}

const isReadable = (file: File) =>
  file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
}
