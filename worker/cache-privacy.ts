/** Headers that only shared caches obey, before `Cache-Control`. */
const FOR_SHARED_CACHES = [
  "cdn-cache-control",
  "cloudflare-cdn-cache-control",
  "surrogate-control",
  "edge-control",
  "x-accel-expires",
];

/**
 * Keeps an answer with a session cookie out of shared caches: one that kept it would hand the session to everybody.
 * The visitor's own browser may go on to keep it as the site says.
 */
export function keepPrivate(headers: Headers): void {
  const said = headers.get("cache-control");
  const directives = said === null ? "private" : privateDirectives(said);
  if (directives !== said) headers.set("cache-control", directives);
  for (const name of FOR_SHARED_CACHES) headers.delete(name);
}

/** Cache directives (RFC 9111) without those that allow or instruct shared caches, and with `private`. */
function privateDirectives(said: string): string {
  // A quoted value may hold commas and names only some of the headers.
  if (said.includes('"')) return "private";
  const directives = said.split(",").map((directive) => directive.trim());
  const names = directives.map((directive) => directive.toLowerCase());
  if (names.includes("no-store") || names.includes("private")) return said;
  const kept = directives.filter(
    (_directive, index) => !/^(public|s-maxage|proxy-)/.test(names[index] ?? ""),
  );
  return ["private", ...kept.filter((directive) => directive !== "")].join(", ");
}
