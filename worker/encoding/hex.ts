/** The bytes of a hexadecimal text, or undefined when it is none. */
export function decodeHex(text: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (text.length === 0 || text.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    const byte = (digitOf(text[index * 2]) << 4) | digitOf(text[index * 2 + 1]);
    if (byte < 0) return undefined;
    bytes[index] = byte;
  }
  return bytes;
}

/** The value of a hexadecimal digit, or -1. */
function digitOf(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
