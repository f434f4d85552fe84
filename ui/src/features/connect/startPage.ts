// The start page of an organisation, from whatever a person knows of it: its short name, or an address that was copied
// from a browser after it led on to somewhere else.

/** Null where it is neither. */
export function startPageOf(typed: string): string | null {
  const text = typed.trim();
  if (/^[a-z0-9][a-z0-9-]*$/i.test(text)) return `https://${text.toLowerCase()}.awsapps.com/start`;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (/\s/.test(text) || !URL.canParse(address)) return null;
  const { hostname, pathname, protocol, host } = new URL(address);
  if (!hostname.includes(".") || protocol !== "https:") return null;
  // What stands behind "start" is where the page led on to.
  const path = pathname.replace(/^\/start(\/.*)?$/, "/start").replace(/\/+$/, "");
  return `https://${host}${path === "" ? "/start" : path}`;
}
