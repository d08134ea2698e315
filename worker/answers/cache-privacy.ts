/** Headers that only shared caches obey, before `Cache-Control`. */
export const FOR_SHARED_CACHES = [
  "cdn-cache-control",
  "cloudflare-cdn-cache-control",
  "surrogate-control",
  "edge-control",
  "x-accel-expires",
];

/**
 * Keeps an answer with a session cookie out of shared caches: one that kept it would hand the session to
 * everybody. The visitor's own browser may go on to keep it as the site says.
 */
export function keepPrivate(headers: Headers): void {
  const said = headers.get("cache-control");
  const directives = said === null ? "private" : privateDirectives(said);
  if (directives !== said) headers.set("cache-control", directives);
  for (const name of FOR_SHARED_CACHES) headers.delete(name);
}

/** Parts between commas; a quoted value may hold some, too. */
const DIRECTIVE = /(?:"[^"]*"?|[^,"])+/g;
/**
 * What allows or instructs shared caches; `private` with a value is about single headers, and `must-understand` has those
 * that understand the status keep an answer in spite of `no-store`.
 */
const FOR_OTHERS = /^(?:public|s-maxage|proxy-|private|must-u)/i;

/** Cache directives (RFC 9111) without those for shared caches, and with `private`. */
function privateDirectives(said: string): string {
  const directives = (said.match(DIRECTIVE) ?? []).map((part) => part.trim());
  return [
    "private",
    ...directives.filter((directive) => directive !== "" && !FOR_OTHERS.test(directive)),
  ].join(", ");
}
