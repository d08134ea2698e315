import { Hono } from "hono";
import { z } from "zod";
import type { KvValue } from "../account/model.ts";
import { CloudflareError, refusals } from "../account/refusals.ts";
import { inBatches } from "../account/in-batches.ts";
import { assertKeyAllowed } from "../account/kv-keys.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { apiRefusals } from "./api-errors.ts";
import { BULK, readJson } from "./body.ts";
import { answer } from "./envelope.ts";
import { parseJson } from "./json.ts";
import { VALUE_LIMIT, expirationOf, makeValue } from "./kv-value.ts";

const PATH = "/accounts/:account/storage/kv/namespaces/:namespace/bulk";

/** Cloudflare's limits: keys of one bulk write or delete, and of one bulk read. */
const WRITES = 10_000;
const READS = 100;

const atMost = (count: number) => z.array(z.unknown()).max(count);
const writeBody = atMost(WRITES).pipe(
  z.array(
    z.object({
      key: z.string(),
      value: z.string(),
      base64: z.boolean().optional(),
      metadata: z.unknown().optional(),
      expiration: z.number().optional(),
      expiration_ttl: z.number().optional(),
    }),
  ),
);
const keysBody = atMost(WRITES).pipe(z.array(z.string()));
const readBody = z.object({
  keys: atMost(READS).pipe(z.array(z.string())),
  type: z.enum(["text", "json"]).default("text"),
  withMetadata: z.boolean().default(false),
});

/** Many KV values at once. */
export function kvBulkRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const remove = async (request: Request, namespace: string) => {
    const keys = await readJson(request, keysBody, BULK);
    account.namespace(namespace);
    keys.forEach(assertKeyAllowed);
    await inBatches(keys, (key) => account.deleteValue(namespace, key));
    return answer({ successful_key_count: keys.length, unsuccessful_keys: [] });
  };
  const find = async (namespace: string, key: string): Promise<KvValue | undefined> => {
    try {
      return await account.getValue(namespace, key);
    } catch (error) {
      if (error instanceof CloudflareError && error.code === refusals.keyNotFound().code) return undefined;
      throw error;
    }
  };
  const routes = new Hono<ApiEnv>();
  routes
    .put(PATH, async (c) => {
      const namespace = c.req.param("namespace");
      const entries = (await readJson(c.req.raw, writeBody, BULK)).map(
        ({ key, value, base64, metadata, ...life }) => {
          // All of them before the first is written: one that is refused leaves no half of the others behind.
          assertKeyAllowed(key);
          const bytes = base64 === true ? decodeBase64(value) : Buffer.from(value);
          return { key, value: makeValue(bytes, metadata, expirationOf(life)) };
        },
      );
      account.namespace(namespace);
      // They are written in no order, and of one key the last value counts.
      const last = new Map(entries.map(({ key, value }) => [key, value]));
      await inBatches([...last], ([key, value]) => account.putValue(namespace, key, value));
      return answer({ successful_key_count: entries.length, unsuccessful_keys: [] });
    })
    .delete(PATH, (c) => remove(c.req.raw, c.req.param("namespace")))
    .post(`${PATH}/delete`, (c) => remove(c.req.raw, c.req.param("namespace")))
    .post(`${PATH}/get`, async (c) => {
      const { keys, type, withMetadata } = await readJson(c.req.raw, readBody);
      const values = new Map<string, unknown>();
      let length = 0;
      // One after the other: no more is read than can be answered.
      for (const key of new Set(keys)) {
        const found = await find(c.req.param("namespace"), key);
        length += found?.bytes.length ?? 0;
        if (length > VALUE_LIMIT) {
          throw apiRefusals.tooLarge(
            `The values of a bulk read may have ${VALUE_LIMIT} bytes at most together.`,
          );
        }
        const value =
          found === undefined ? null : type === "json" ? jsonOf(key, found.bytes) : textOf(found.bytes);
        const { metadata = null, expiration } = found ?? {};
        values.set(
          key,
          withMetadata && found !== undefined
            ? { value, metadata, ...(expiration !== undefined && { expiration }) }
            : value,
        );
      }
      return answer({ values: Object.fromEntries(keys.map((key) => [key, values.get(key)])) });
    });
  return routes;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

/** @throws CloudflareError 10033 when the value cannot be answered as JSON. It is not repeated: it may be a secret. */
function jsonOf(key: string, bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, BULK.values);
  } catch {
    throw apiRefusals.valueNotValid(
      `the value of the key ${JSON.stringify(key)} is not JSON, or has more in it than can be answered: ask for it with the type text`,
    );
  }
}

/** @throws CloudflareError 10033. */
function decodeBase64(text: string): Buffer {
  if (/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return Buffer.from(text, "base64");
  throw apiRefusals.valueNotValid("a value that says base64 is not base64");
}
