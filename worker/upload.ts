type Bytes = Uint8Array<ArrayBuffer>;

/** Cloudflare's streams that pass bytes on natively; other runtimes have only the standard one. */
const platform = globalThis as {
  readonly FixedLengthStream?: new (length: number) => TransformStream<Bytes, Bytes>;
  readonly IdentityTransformStream?: new () => TransformStream<Bytes, Bytes>;
};

/**
 * The body of a request on its way to the origin. Triggers may look at its beginning; the origin still gets every
 * byte, and no more than that beginning is ever held in memory: `tee` would keep all that one side has not read.
 */
export class Upload {
  readonly #request: Request;
  #reader: ReadableStreamDefaultReader<Bytes> | undefined;
  readonly #chunks: Bytes[] = [];
  #end: { readonly error: unknown } | "closed" | undefined;

  constructor(request: Request) {
    this.#request = request;
  }

  /**
   * The first characters of the body as UTF-8. Bytes that are not UTF-8 become U+FFFD, and a body that breaks off
   * gives what came: neither is the connector's failure.
   */
  async beginning(limit: number): Promise<string> {
    if (limit === 0 || this.#request.body === null) return "";
    this.#reader = this.#request.body.getReader() as ReadableStreamDefaultReader<Bytes>;
    const decoder = new TextDecoder();
    let text = "";
    while (text.length < limit) {
      const chunk = await this.#readChunk(this.#reader);
      if (chunk === undefined) break;
      this.#chunks.push(chunk);
      text += decoder.decode(chunk, { stream: true });
    }
    return (text + decoder.decode()).slice(0, limit);
  }

  /** Whether the beginning was read, so that the request itself can no longer be sent on. */
  get touched(): boolean {
    return this.#reader !== undefined;
  }

  /** The whole body again, to be read once. `done` settles when all of it was passed on or given up. */
  reassembled(): { readonly body: ReadableStream; readonly done: Promise<void> } {
    const { readable, writable } = this.#createStream();
    return { body: readable, done: this.#pump(writable).catch(() => undefined) };
  }

  async #readChunk(reader: ReadableStreamDefaultReader<Bytes>): Promise<Bytes | undefined> {
    try {
      const { done, value } = await reader.read();
      if (!done) return value;
      this.#end = "closed";
    } catch (error) {
      this.#end = { error };
    }
    return undefined;
  }

  /** With a length the origin gets `Content-Length`, without one the body goes out in chunks. */
  #createStream(): TransformStream<Bytes, Bytes> {
    const length = this.#request.headers.get("content-length");
    if (length !== null && platform.FixedLengthStream !== undefined) {
      return new platform.FixedLengthStream(Number(length));
    }
    return platform.IdentityTransformStream === undefined
      ? new TransformStream<Bytes, Bytes>()
      : new platform.IdentityTransformStream();
  }

  async #pump(writable: WritableStream<Bytes>): Promise<void> {
    const writer = writable.getWriter();
    for (const chunk of this.#chunks.splice(0)) await writer.write(chunk);
    if (this.#end === "closed") {
      await writer.close();
      return;
    }
    if (this.#end !== undefined) {
      await writer.abort(this.#end.error);
      return;
    }
    writer.releaseLock();
    this.#reader?.releaseLock();
    await (this.#request.body as ReadableStream<Bytes>).pipeTo(writable);
  }
}
