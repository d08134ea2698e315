/**
 * Reads a body as UTF-8 text, but not more than it may have.
 * @returns The text, or undefined when the body is longer than `limit` bytes.
 * @throws TypeError when it is not UTF-8; whatever the stream throws when it breaks off.
 */
export async function readLimited(body: ReadableStream | null, limit: number): Promise<string | undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  if (body === null) return "";
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let text = "";
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}
