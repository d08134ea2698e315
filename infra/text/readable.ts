import { domainToUnicode } from "node:url";
import { asciiHostname } from "../cloudflare/hostname.ts";

/** A hostname with punycode in it, inside an address or a route pattern. */
const PUNYCODE_HOST = /(?:[a-z0-9_-]+\.)*xn--[a-z0-9-]+(?:\.[a-z0-9_-]+)*/i;
/** What surrounds an address, a pattern or a hostname in a sentence and does not belong to it. */
const BETWEEN = /([\s,;()"'`]+|[.:]+(?=\s|$))/;
/** Longer than any address that is shown. */
const LONGEST_WORD = 2000;

/**
 * A text as a person reads it: each hostname with punycode in its own letters, followed by the spelling that
 * is compared, for example `shop.zajęzyk.pl/* (shop.xn--zajzyk-y4a.pl)`. Both, because letters of two scripts
 * may look alike. A text that is readable already stays as it is. Addresses on this machine, which are there
 * to be opened, stay as they are. For people only: nothing that is compared, opened or sent may pass through
 * here.
 */
export function readable(text: string): string {
  if (!/xn--/i.test(text)) return text;
  const words = text.split(BETWEEN);
  return words.map((word, index) => (isExplanation(words, index) ? word : readableWord(word))).join("");
}

/** Whether a word is the spelling in brackets that an earlier reading put behind the readable one. */
function isExplanation(words: readonly string[], index: number): boolean {
  const [readableOne = "", opening, host = "", closing = ""] = words.slice(index - 2, index + 2);
  if (index < 2 || opening !== " (" || !closing.startsWith(")")) return false;
  if (PUNYCODE_HOST.exec(host)?.[0] !== host) return false;
  return readableOne.includes(domainToUnicode(host));
}

function readableWord(word: string): string {
  if (word.length > LONGEST_WORD) return word;
  const host = PUNYCODE_HOST.exec(word)?.[0];
  if (host === undefined || /\.localhost$/i.test(host)) return word;
  const letters = domainToUnicode(host);
  if (letters === host || asciiHostname(letters) !== host.toLowerCase()) return word;
  return `${word.replace(host, () => letters)} (${host})`;
}
