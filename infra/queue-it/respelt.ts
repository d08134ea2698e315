/** What comes before the path, in an address that has a scheme. */
const BEFORE_PATH = /^(?:[a-z]*:)?\/\/[^/?#]*/i;
/** What is encoded already is passed over. */
const FIRST = /^((?:%[\da-f]{2}|[^a-z\d%])*)([a-z\d])/i;

/**
 * The same address with the first letter or digit of its path percent-encoded, which most servers take for
 * the same page; the address itself where there is none.
 */
export function respelt(address: string): string {
  const before = BEFORE_PATH.exec(address)?.[0] ?? "";
  const path = address.slice(before.length);
  return before + path.replace(FIRST, (_all, start: string, character: string) => start + encoded(character));
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
