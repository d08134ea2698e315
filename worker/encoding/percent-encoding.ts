/** Percent-decodes a text; one that cannot be decoded is taken as it is. Never throws. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-encodes a text as `encodeURIComponent` does; lone surrogates become U+FFFD. Never throws. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/**
 * The same, and the punctuation that `encodeURIComponent` leaves: what the SDK does to addresses for AJAX
 * callers.
 */
export function encodeAll(text: string): string {
  return encode(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/**
 * Makes a URL safe for a header: everything outside visible ASCII is percent-encoded, the rest stays as it
 * is. Other characters can come from the visitor's address or from the configuration, and would make a header
 * throw.
 */
export function toHeaderUrl(url: string): string {
  if (!UNSAFE.test(url)) return url;
  return url.toWellFormed().replace(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part));
}

const UNSAFE = /[^\x21-\x7e]/;
