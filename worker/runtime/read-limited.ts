const FIRST_SIZE = 16 * 1024;

/**
 * Reads a stream into one buffer, or gives undefined as soon as it is longer than a limit in bytes.
 * @param mayHold Asked before the buffer grows to a size. Default: it may.
 * @throws Whatever the stream throws when it breaks off.
 */
export async function readLimited(
  body: ReadableStream | null,
  limit: number,
  mayHold: (bytes: number) => boolean = () => true,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (body === null) return new Uint8Array();
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let bytes = new Uint8Array(0);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return bytes.subarray(0, length);
    const needed = length + value.byteLength;
    if (needed > bytes.length) {
      const size = Math.min(limit, Math.max(needed, bytes.length * 2, FIRST_SIZE));
      if (needed > limit || !mayHold(size)) {
        await reader.cancel();
        return undefined;
      }
      const larger = new Uint8Array(size);
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(value, length);
    length = needed;
  }
}

/** The text of UTF-8 bytes, or undefined when they are not. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
