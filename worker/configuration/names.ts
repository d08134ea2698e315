/**
 * Tokens separate their fields by `~` and `_`, session cookies by `&` and `=`, a `Cookie` header by `;`. The
 * id is in the name of the session cookie and again in its value, of which browsers keep 4,096 characters.
 * One that ends like a queue id could be cut into another waiting room's id and a queue id.
 */
export function isWaitingRoomId(value: unknown): boolean {
  if (typeof value !== "string" || value === "" || value.length > 200) return false;
  return isVisibleAscii(value) && !/[_~&=;,"\\]/.test(value) && !/.[\da-f]{8}(-[\da-f]{4}){3}-/i.test(value);
}

const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

/**
 * Nearly all actions name the same host, and splitting an address takes longer than the rest of the check.
 */
let lastHostName = "";

/**
 * A host name in ASCII, perhaps with a port, as it stands in an address; the SDK takes one slash at its end.
 */
export function isHostName(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (value === lastHostName) return true;
  const host = value.replace(/\/$/, "").toLowerCase();
  const address = `https://${host}/`;
  if (!HOST_NAME.test(host) || !URL.canParse(address)) return false;
  const { host: parsed } = new URL(address);
  // An address leaves out the standard port.
  if (parsed !== host && `${parsed}:443` !== host) return false;
  lastHostName = value;
  return true;
}

export function isCookieSafe(text: string): boolean {
  return isVisibleAscii(text) && !/[;,="\\]/.test(text);
}

export function isVisibleAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

/** A host name without port, perhaps with a dot before it. */
export function isCookieDomain(domain: string): boolean {
  return !domain.includes(":") && HOST_NAME.test(domain.replace(/^\./, "").toLowerCase());
}
