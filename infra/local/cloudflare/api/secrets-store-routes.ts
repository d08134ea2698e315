import { Hono } from "hono";
import { z } from "zod";
import type { SecretsStore, StoredSecret } from "../account/model.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { answer } from "./envelope.ts";
import { answerPage } from "./paging.ts";

const STORES = "/accounts/:account/secrets_store/stores";
const STORE = `${STORES}/:store` as const;
const SECRET = `${STORE}/secrets/:secret` as const;

const name = z.string().min(1).max(255);
const scopes = z.array(z.string().max(100)).max(100);
const comment = z.string().max(1024);
const secretBody = z.object({
  name: name.regex(/^[^\s/]+$/, "may have neither spaces nor slashes"),
  value: z.string().min(1).max(1024),
  scopes,
  comment: comment.default(""),
});
const storeBody = z.object({ name });
const editBody = z.object({
  value: z.string().min(1).max(1024).optional(),
  scopes: scopes.optional(),
  comment: comment.optional(),
});
const idsBody = z
  .array(z.unknown())
  .max(100)
  .pipe(z.array(z.object({ id: z.string() })));

/** Secrets Store: a value goes in and only Workers get it out. */
export function secretsStoreRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes
    .get(STORES, (c) =>
      answerPage(account.secretsStores.stores, c.req.query(), 100, presentStoreIn(account.id)),
    )
    .post(STORES, async (c) => {
      const { name } = await readJson(c.req.raw, storeBody);
      const store = await account.changeSecrets((all) => all.createStore(name));
      return answer(presentStoreIn(account.id)(store));
    })
    .get(STORE, (c) => answer(presentStoreIn(account.id)(account.secretsStores.store(c.req.param("store")))))
    .delete(STORE, async (c) => {
      await account.changeSecrets((all) => all.deleteStore(c.req.param("store")));
      return answer(null);
    })
    .get(`${STORE}/secrets`, (c) => {
      const search = c.req.query("search") ?? "";
      const found = account.secretsStores
        .secrets(c.req.param("store"))
        .filter(({ name }) => name.includes(search));
      return answerPage(found, c.req.query(), 100, presentSecret);
    })
    .post(`${STORE}/secrets`, async (c) => {
      const secrets = await readJson(c.req.raw, z.array(secretBody).min(1).max(100));
      const made = await account.changeSecrets((all) =>
        secrets.map((secret) => all.createSecret(c.req.param("store"), secret)),
      );
      return answer(made.map(presentSecret));
    })
    .delete(`${STORE}/secrets`, async (c) => {
      const ids = await readJson(c.req.raw, idsBody);
      const gone = await account.changeSecrets((all) =>
        ids.map(({ id }) => all.deleteSecret(c.req.param("store"), id)),
      );
      return answer(gone.map(presentSecret));
    })
    .get(SECRET, (c) => {
      const { store, secret } = c.req.param();
      return answer(presentSecret(account.secretsStores.secret(store, secret)));
    })
    .patch(SECRET, async (c) => {
      const { value, scopes, comment } = await readJson(c.req.raw, editBody);
      const change = {
        ...(value !== undefined && { value }),
        ...(scopes !== undefined && { scopes }),
        ...(comment !== undefined && { comment }),
      };
      const { store, secret } = c.req.param();
      return answer(
        presentSecret(await account.changeSecrets((all) => all.editSecret(store, secret, change))),
      );
    })
    .delete(SECRET, async (c) => {
      const { store, secret } = c.req.param();
      return answer(presentSecret(await account.changeSecrets((all) => all.deleteSecret(store, secret))));
    });
  return routes;
}

function presentStoreIn(accountId: string) {
  return ({ id, name, createdOn, modifiedOn }: SecretsStore) => ({
    id,
    name,
    account_id: accountId,
    created: createdOn,
    modified: modifiedOn,
  });
}

/** Without its value, on purpose. */
function presentSecret({ id, storeId, name, comment, scopes, createdOn, modifiedOn }: StoredSecret) {
  return {
    id,
    store_id: storeId,
    name,
    comment,
    scopes,
    status: "active",
    created: createdOn,
    modified: modifiedOn,
  };
}
