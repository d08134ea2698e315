/**
 * The URL that a text is; undefined when it is none.
 *
 * Not by `URL.canParse`: that of Node.js 20.20 refuses texts with letters such as ü once it has been called often
 * enough to be compiled. `new URL` reads them.
 */
export function parsedUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
