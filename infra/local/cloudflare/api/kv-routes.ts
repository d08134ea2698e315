import { Hono } from "hono";
import { z } from "zod";
import { KEYS_IN_PAGE, type KvNamespace } from "../account/model.ts";
import { readBytes, readJson, readMultipart } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { answer } from "./envelope.ts";
import { FORM_LIMIT, VALUE_LIMIT, expirationOf, readValue } from "./kv-value.ts";
import { answerPage } from "./paging.ts";

/** Cloudflare's limit for a title, in characters. */
const titleBody = z.object({ title: z.string().max(512) });
const PATH = "/accounts/:account/storage/kv/namespaces";
const NAMESPACE = `${PATH}/:namespace` as const;

/** KV namespaces and single values. */
export function kvRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes
    .get(PATH, (c) => {
      const { order = "id", direction = "asc" } = c.req.query();
      const by = (namespace: KvNamespace) => (order === "title" ? namespace.title : namespace.id);
      const sorted = [...account.namespaces].sort((a, b) => (by(a) < by(b) ? -1 : 1));
      if (direction === "desc") sorted.reverse();
      return answerPage(sorted, c.req.query(), 1000, present);
    })
    .post(PATH, async (c) => {
      const { title } = await readJson(c.req.raw, titleBody);
      return answer(present(await account.createNamespace(title)));
    })
    .get(NAMESPACE, (c) => answer(present(account.namespace(c.req.param("namespace")))))
    .put(NAMESPACE, async (c) => {
      const { title } = await readJson(c.req.raw, titleBody);
      return answer(present(await account.renameNamespace(c.req.param("namespace"), title)));
    })
    .delete(NAMESPACE, async (c) => {
      await account.deleteNamespace(c.req.param("namespace"));
      return answer({});
    })
    .get(`${NAMESPACE}/keys`, async (c) => {
      const { keys, cursor } = await account.listKeys(
        c.req.param("namespace"),
        keysQuery.parse(c.req.query()),
      );
      return answer(keys, { count: keys.length, cursor });
    })
    .get(`${NAMESPACE}/values/:key`, async (c) => {
      const { bytes, expiration } = await account.getValue(c.req.param("namespace"), c.req.param("key"));
      return new Response(Buffer.from(bytes), {
        headers: {
          "content-type": "application/octet-stream",
          ...(expiration !== undefined && { expiration: String(expiration) }),
        },
      });
    })
    .put(`${NAMESPACE}/values/:key`, async (c) => {
      const expiration = expirationOf(c.req.query());
      const parts = await readMultipart(c.req.raw, FORM_LIMIT);
      const value =
        parts === undefined
          ? {
              bytes: await readBytes(c.req.raw, VALUE_LIMIT),
              ...(expiration !== undefined && { expiration }),
            }
          : readValue(parts, expiration);
      await account.putValue(c.req.param("namespace"), c.req.param("key"), value);
      return answer({});
    })
    .delete(`${NAMESPACE}/values/:key`, async (c) => {
      await account.deleteValue(c.req.param("namespace"), c.req.param("key"));
      return answer({});
    })
    .get(`${NAMESPACE}/metadata/:key`, async (c) => {
      const { metadata } = await account.getValue(c.req.param("namespace"), c.req.param("key"));
      return answer(metadata ?? null);
    });
  return routes;
}

/** Characters. A cursor holds the name of a key, which has 512 bytes at most. */
const CURSOR_LIMIT = 1024;

const keysQuery = z.object({
  prefix: z.string().default(""),
  cursor: z.string().max(CURSOR_LIMIT).default(""),
  limit: z.coerce.number().int().min(10).max(KEYS_IN_PAGE).default(KEYS_IN_PAGE),
});

function present({ id, title }: KvNamespace) {
  return { id, title, supports_url_encoding: true };
}
