/**
 * An address with its hostname in ASCII, and everything else as `fetch` sends it; a root that was left out
 * stays left out. Doing it twice changes nothing.
 *
 * @throws TypeError when the text is no address.
 */
export function asciiAddress(text: string): string {
  const { href } = new URL(text);
  return /^[^/]*\/\/[^/?#\\]*$/.test(text) ? href.replace(/\/$/, "") : href;
}
