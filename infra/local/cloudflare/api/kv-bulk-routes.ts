import { Hono } from "hono";
import { z } from "zod";
import type { KvValue } from "../model.ts";
import { CloudflareError, refusals } from "../errors.ts";
import type { ApiContext } from "./context.ts";
import { readJson } from "./body.ts";
import { answer } from "./envelope.ts";
import { expirationOf, makeValue } from "./kv-value.ts";

const PATH = "/accounts/:account/storage/kv/namespaces/:namespace/bulk";

/** Cloudflare's limits: keys of one bulk write or delete, and of one bulk read. */
const WRITES = 10_000;
const READS = 100;

/** So many operations on the runtime at once. */
const AT_ONCE = 32;

const writeBody = z
  .array(
    z.object({
      key: z.string(),
      value: z.string(),
      base64: z.boolean().optional(),
      metadata: z.unknown().optional(),
      expiration: z.number().optional(),
      expiration_ttl: z.number().optional(),
    }),
  )
  .max(WRITES);
const keysBody = z.array(z.string()).max(WRITES);
const readBody = z.object({
  keys: z.array(z.string()).max(READS),
  type: z.enum(["text", "json"]).default("text"),
  withMetadata: z.boolean().default(false),
});

/** Many KV values at once. */
export function kvBulkRoutes({ account }: ApiContext): Hono {
  const remove = async (request: Request, namespace: string) => {
    const keys = await readJson(request, keysBody);
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
      const entries = (await readJson(c.req.raw, writeBody)).map(
        ({ key, value, base64, metadata, ...life }) => ({
          key,
          value: makeValue(
            Buffer.from(value, base64 === true ? "base64" : "utf8"),
            metadata,
            expirationOf(life),
          ),
        }),
      );
      await inBatches(entries, ({ key, value }) => account.putValue(c.req.param("namespace"), key, value));
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
        const value = text === undefined ? null : type === "json" ? (JSON.parse(text) as unknown) : text;
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

async function inBatches<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (let start = 0; start < items.length; start += AT_ONCE) {
    await Promise.all(items.slice(start, start + AT_ONCE).map(work));
  }
}
