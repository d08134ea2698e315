import { Hono } from "hono";
import { z } from "zod";
import type { KvValue } from "../account/model.ts";
import { CloudflareError, refusals } from "../account/refusals.ts";
import { inBatches } from "../account/in-batches.ts";
import { assertKeyAllowed } from "../account/kv-keys.ts";
import type { ApiContext } from "./context.ts";
import { apiRefusals } from "./api-errors.ts";
import { BULK, readJson } from "./body.ts";
import { answer } from "./envelope.ts";
import { expirationOf, makeValue } from "./kv-value.ts";

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
export function kvBulkRoutes({ account }: ApiContext): Hono {
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
  const routes = new Hono();
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
      await inBatches(keys, async (key) => {
        const found = await find(c.req.param("namespace"), key);
        const text = found && Buffer.from(found.bytes).toString();
        const value = text === undefined ? null : type === "json" ? jsonOf(key, text) : text;
        const { metadata = null, expiration } = found ?? {};
        values.set(
          key,
          withMetadata && found !== undefined
            ? { value, metadata, ...(expiration !== undefined && { expiration }) }
            : value,
        );
      });
      return answer({ values: Object.fromEntries(keys.map((key) => [key, values.get(key)])) });
    });
  return routes;
}

/** @throws CloudflareError 10033 when the value is no JSON. It is not repeated: it may be a secret. */
function jsonOf(key: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw apiRefusals.valueNotValid(
      `the value of the key ${JSON.stringify(key)} is not JSON: ask for it with the type text`,
    );
  }
}

/** @throws CloudflareError 10033. */
function decodeBase64(text: string): Buffer {
  if (/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return Buffer.from(text, "base64");
  throw apiRefusals.valueNotValid("a value that says base64 is not base64");
}
