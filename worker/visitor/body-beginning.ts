/**
 * The first characters of a request's body as UTF-8. Bytes that are not UTF-8 become U+FFFD, and a body that
 * breaks off gives what came: neither is the connector's failure. The request itself stays as it came, to be
 * sent on.
 *
 * The copy is given up as soon as the beginning is there: the runtime keeps for one side of a body what the
 * other has not read, and no more than that.
 */
export async function bodyBeginning(request: Request, limit: number): Promise<string> {
  // TRACE has no body, and the runtime waits for one.
  if (limit === 0 || request.body === null || request.method === "TRACE") return "";
  const reader = (request.clone().body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    while (text.length < limit) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    // Not waited for: it settles when the other side has read, too.
    reader.cancel().catch(() => undefined);
  } catch {
    // The visitor went away; whoever asks the origin next will notice.
  }
  return (text + decoder.decode()).slice(0, limit);
}
