import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { FRONT_HEADERS } from "./front-worker.ts";
import type { KvPage, KvPageOptions, KvStore, KvValue } from "../account/model.ts";

const PAGE: z.ZodType<KvPage> = z.object({
  keys: z.array(
    z.object({
      name: z.string(),
      expiration: z.number().exactOptional(),
      metadata: z.unknown().exactOptional(),
    }),
  ),
  cursor: z.string(),
});

/** So often an operation is tried. */
const ATTEMPTS = 8;

/** Milliseconds before the second attempt; each later one waits twice as long as the one before it. */
const FIRST_WAIT = 5;

/**
 * A KV operation that failed at every attempt. The message is the runtime's, and holds neither key nor value.
 */
export class KvOperationError extends Error {
  override readonly name = "KvOperationError";
}

/** Runs an operation of the front Worker on the Workers that answer now. */
export type Operate = (
  operation: string,
  headers: Record<string, string>,
  body?: Uint8Array,
) => Promise<Response>;

interface KvAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

/**
 * The KV values that the running Workers read, through the runtime's own KV bindings. An operation fails
 * where a Worker took the process along with it, and where the processes of two generations write at once:
 * SQLite then says SQLITE_BUSY at once. It changes nothing then, or what it would change again, so it is
 * tried again.
 */
export class RuntimeKv implements KvStore {
  readonly #run: Operate;

  constructor(run: Operate) {
    this.#run = run;
  }

  async get(namespaceId: string, key: string): Promise<KvValue | undefined> {
    const { status, headers, bytes } = await this.#operate("get", namespaceId, key);
    if (status === 404) return undefined;
    const metadata = headers.get(FRONT_HEADERS.metadata);
    const expiration = headers.get(FRONT_HEADERS.expiration);
    return {
      bytes,
      ...(metadata !== null && { metadata: JSON.parse(decodeURIComponent(metadata)) as unknown }),
      ...(expiration !== null && { expiration: Number(expiration) }),
    };
  }

  async put(namespaceId: string, key: string, { bytes, metadata, expiration }: KvValue): Promise<void> {
    const headers = {
      ...(metadata !== undefined && {
        [FRONT_HEADERS.metadata]: encodeURIComponent(JSON.stringify(metadata)),
      }),
      ...(expiration !== undefined && { [FRONT_HEADERS.expiration]: String(expiration) }),
    };
    await this.#operate("put", namespaceId, key, headers, bytes);
  }

  async delete(namespaceId: string, key: string): Promise<void> {
    await this.#operate("delete", namespaceId, key);
  }

  async list(namespaceId: string, { prefix, cursor, limit }: KvPageOptions): Promise<KvPage> {
    const headers = {
      [FRONT_HEADERS.limit]: String(limit),
      ...(cursor !== "" && { [FRONT_HEADERS.cursor]: encodeURIComponent(cursor) }),
    };
    const { bytes } = await this.#operate("list", namespaceId, prefix, headers);
    return PAGE.parse(JSON.parse(new TextDecoder().decode(bytes)));
  }

  async #operate(
    operation: string,
    namespaceId: string,
    name: string,
    headers: Record<string, string> = {},
    body?: Uint8Array,
  ): Promise<KvAnswer> {
    const target = { [FRONT_HEADERS.namespace]: namespaceId, [FRONT_HEADERS.name]: encodeURIComponent(name) };
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await this.#run(operation, { ...headers, ...target }, body);
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { status: response.status, headers: response.headers, bytes };
      } catch (error) {
        if (attempt === ATTEMPTS) throw new KvOperationError(firstLine(error), { cause: error });
        await wait(FIRST_WAIT * 2 ** (attempt - 1));
      }
    }
  }
}

/** What follows it is a stack inside the runtime, which tells nobody anything. */
function firstLine(error: unknown): string {
  return String(error).split("\n", 1)[0] ?? "";
}
