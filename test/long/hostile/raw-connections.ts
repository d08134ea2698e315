import { connect, type Socket } from "node:net";

/** Where a runtime listens. */
export interface RawListener {
  address(): Promise<URL>;
}

/** A request as bytes, in latin1. */
export interface RawRequest {
  /** Request line and headers, without the empty line at their end. */
  readonly head: readonly string[];
  readonly body: string;
}

/** Connections that are open at once. */
const MOST = 50;
/** Milliseconds after which a request that nobody answers is a failure, however busy the machine is. */
const PATIENCE_MS = 60_000;

/**
 * Sends requests that no client library would send, over connections that are used again: to open one takes
 * longer than to answer. One request at a time is under way on each, so that no answer can be another's.
 */
export class RawConnections {
  readonly #free: Socket[] = [];

  constructor(private readonly listener: RawListener) {}

  /** The answers in the order of the requests, as latin1; what came of one where the runtime broke off. */
  async send(requests: readonly RawRequest[]): Promise<string[]> {
    const answers: string[] = [];
    let next = 0;
    const { hostname, port } = await this.listener.address();
    const work = async (): Promise<void> => {
      for (let index = next++; index < requests.length; index = next++) {
        const request = requests[index] as RawRequest;
        const used = this.#usable();
        let { answer, socket } = await ask(used ?? connect(Number(port), hostname), request);
        // The runtime may have closed a connection before this request came to it.
        if (answer === "" && used !== undefined)
          ({ answer, socket } = await ask(connect(Number(port), hostname), request));
        answers[index] = answer;
        if (socket !== undefined) this.#free.push(socket);
      }
    };
    await Promise.all(Array.from({ length: Math.min(MOST, requests.length) }, work));
    return answers;
  }

  #usable(): Socket | undefined {
    for (let socket = this.#free.pop(); socket !== undefined; socket = this.#free.pop()) {
      if (socket.readyState === "open") return socket;
    }
    return undefined;
  }

  close(): void {
    for (const socket of this.#free.splice(0)) socket.destroy();
  }
}

/** What came of a request, and the connection if it can be used again. */
interface Outcome {
  readonly answer: string;
  readonly socket: Socket | undefined;
}

function ask(socket: Socket, { head, body }: RawRequest): Promise<Outcome> {
  const isHead = head[0]?.startsWith("HEAD ") === true;
  return new Promise((resolve, reject) => {
    let answer = "";
    const settle = (isReusable: boolean): void => {
      socket.off("data", onData).off("close", onClose).off("error", onError).off("timeout", onTimeout);
      // What becomes of it now is nobody's answer.
      socket.on("error", () => undefined);
      if (!isReusable) socket.destroy();
      resolve({ answer, socket: isReusable ? socket : undefined });
    };
    const onData = (part: Buffer): void => {
      answer += part.toString("latin1");
      const end = endOf(answer, isHead);
      if (end !== undefined) settle(end === answer.length && !/^connection: close/im.test(answer));
    };
    const onClose = (): void => {
      settle(false);
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE") reject(error);
    };
    const onTimeout = (): void => {
      reject(new Error(`No answer within ${PATIENCE_MS} ms to ${JSON.stringify({ head, body })}`));
    };
    socket.removeAllListeners("error");
    socket.on("data", onData).on("close", onClose).on("error", onError).on("timeout", onTimeout);
    socket.setTimeout(PATIENCE_MS);
    socket.write(Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1"));
  });
}

/** Where an answer ends; undefined as long as it has not. */
function endOf(answer: string, isHead: boolean): number | undefined {
  const headEnd = answer.indexOf("\r\n\r\n") + 4;
  if (headEnd === 3) return undefined;
  const head = answer.slice(0, headEnd);
  if (isHead || /^HTTP\/1\.1 (?:204|304)/.test(head)) return headEnd;
  if (/^transfer-encoding: chunked/im.test(head)) {
    return answer.endsWith("0\r\n\r\n") ? answer.length : undefined;
  }
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  if (length === undefined) return undefined;
  return answer.length < headEnd + Number(length) ? undefined : headEnd + Number(length);
}
