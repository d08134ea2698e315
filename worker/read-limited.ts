const FIRST_SIZE = 64 * 1024;

/**
 * Reads a stream into one buffer, or gives undefined as soon as it is longer than a limit in bytes.
 * @param expected How many bytes are announced, so that nothing is copied when that is true. Not trusted.
 * @throws Whatever the stream throws when it breaks off.
 */
export async function readLimited(
  body: ReadableStream | null,
  limit: number,
  expected = FIRST_SIZE,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body === null) return new Uint8Array();
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let bytes = new Uint8Array(Math.min(Math.max(expected, 1), limit));
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, length);
    if (length + value.byteLength > limit) {
      await reader.cancel();
      return undefined;
    }
    if (length + value.byteLength > bytes.length) bytes = enlarged(bytes, length + value.byteLength, limit);
    bytes.set(value, length);
    length += value.byteLength;
  }
}

function enlarged(bytes: Uint8Array, needed: number, limit: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(limit, Math.max(needed, bytes.length * 2)));
  larger.set(bytes);
  return larger;
}

/** The text of UTF-8 bytes, or undefined when they are not. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
