// One file to the bucket, by the form that the app signed.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import type { Facts } from "./facts";
import { keyFor, random } from "./key";
import type { Fault } from "./words";

const TRIES = 4;
const PAUSE_MS = 1_000;

/** A file, and the folders with which it was dropped. */
export interface Item {
  file: File;
  path: string;
}

/** Rejects with a `Fault`. A fault of the network or the other side is tried again, a refusal is not. */
export async function send(
  facts: Facts,
  item: Item,
  onProgress: (share: number) => void,
  stop: AbortSignal,
): Promise<void> {
  if (item.file.size > facts.maxBytes) throw "tooLarge" satisfies Fault;
  const body = formOf(facts, item);
  for (let attempt = 1; ; attempt += 1) {
    if (Date.now() / 1000 >= facts.expiresAt) throw "ended" satisfies Fault;
    const fault = await post(facts.action, body, onProgress, stop);
    if (fault === null) return;
    const isPassing = fault === "network" || fault === "busy";
    if (!isPassing || attempt === TRIES) throw fault;
    await pause(PAUSE_MS * 2 ** attempt * Math.random(), stop);
  }
}

/** The fields in their order, the file last: what stands behind it is not read. */
export function formOf({ fields, prefix }: Facts, { file, path }: Item): FormData {
  const own: Record<string, string> = {
    key: keyFor(prefix, path, random()),
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
    const request = new XMLHttpRequest();
    request.open("POST", action);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(faultOf(request));
    request.onerror = () => resolve("network");
    request.onabort = () => resolve("stopped");
    stop.addEventListener("abort", () => request.abort(), { once: true });
    if (stop.aborted) resolve("stopped");
    else request.send(body);
  });
}

function faultOf({ status, responseText }: XMLHttpRequest): Fault | null {
  if (status >= 200 && status < 300) return null;
  if (status === 429 || status >= 500) return "busy";
  const code = /<Code>(\w+)<\/Code>/.exec(responseText)?.[1];
  if (code === "EntityTooLarge") return "tooLarge";
  return /expired/i.test(responseText) ? "ended" : "refused";
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    const cut = () => {
      clearTimeout(timer);
      resolve();
    };
    stop.addEventListener("abort", cut, { once: true });
  });
}
