import { Hono } from "hono";
import { z } from "zod";
import { refusals } from "../account/refusals.ts";
import type { Script, ScriptBinding } from "../account/model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { answer } from "./envelope.ts";
import { BEGINNING } from "./identity.ts";
import { sourceOf } from "./script-upload.ts";

const SCRIPT = "/accounts/:account/workers/scripts/:script";

const secretBody = z.object({ name: z.string(), text: z.string(), type: z.literal("secret_text") });
const secretsBody = z.object({
  secrets: z.record(z.string(), secretBody.omit({ name: true }).nullable()).default({}),
});
/** Cloudflare's limit for an account. */
const CRONS = 250;
const schedulesBody = z
  .array(z.unknown())
  .max(CRONS)
  .pipe(z.array(z.object({ cron: z.string() })));
const subdomainBody = z.object({ enabled: z.boolean(), previews_enabled: z.boolean().optional() });

/**
 * What belongs to one Worker beside its code: secrets, cron triggers, its address under workers.dev, tails.
 */
export function scriptPartsRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const changeBindings = (
    name: string,
    request: Request,
    to: (bindings: readonly ScriptBinding[]) => readonly ScriptBinding[],
  ) =>
    account.editScript(
      name,
      (before) => ({ ...before, bindings: to(before.bindings) }),
      sourceOf(request),
      refusals.secretWhileNewestNotDeployed,
    );
  const annotate = (name: string, subdomain: NonNullable<Script["subdomain"]>) =>
    account.annotateScript(name, () => ({ subdomain }));
  const schedules = (name: string) => {
    const changedOn = account.schedulesChangedOn(name) ?? BEGINNING;
    return {
      schedules: account
        .schedules(name)
        .map((cron) => ({ cron, created_on: changedOn, modified_on: changedOn })),
    };
  };
  const routes = new Hono<ApiEnv>();
  routes
    .get(`${SCRIPT}/secrets`, (c) => answer(secretsOf(account.script(c.req.param("script")))))
    .put(`${SCRIPT}/secrets`, async (c) => {
      const secret = await readJson(c.req.raw, secretBody);
      await changeBindings(c.req.param("script"), c.req.raw, (bindings) =>
        withSecrets(bindings, [[secret.name, secret]]),
      );
      return answer({ name: secret.name, type: secret.type });
    })
    .patch(`${SCRIPT}/secrets-bulk`, async (c) => {
      const changes = Object.entries((await readJson(c.req.raw, secretsBody)).secrets);
      const script = await changeBindings(c.req.param("script"), c.req.raw, (bindings) =>
        withSecrets(
          bindings,
          changes.map(([name, secret]) => [name, secret && { ...secret, name }]),
        ),
      );
      return answer(Object.fromEntries(secretsOf(script).map((secret) => [secret.name, secret])));
    })
    .get(`${SCRIPT}/secrets/:secret`, (c) => {
      const found = secretsOf(account.script(c.req.param("script"))).find(
        ({ name }) => name === c.req.param("secret"),
      );
      if (found === undefined) throw apiRefusals.scriptSecretNotFound();
      return answer(found);
    })
    .delete(`${SCRIPT}/secrets/:secret`, async (c) => {
      const secret = c.req.param("secret");
      await changeBindings(c.req.param("script"), c.req.raw, (bindings) => {
        const others = withoutSecret(bindings, secret);
        if (others.length === bindings.length) throw apiRefusals.scriptSecretNotFound();
        return others;
      });
      return answer(null);
    })
    .get(`${SCRIPT}/schedules`, (c) => answer(schedules(c.req.param("script"))))
    .put(`${SCRIPT}/schedules`, async (c) => {
      const crons = await readJson(c.req.raw, schedulesBody);
      await account.putSchedules(
        c.req.param("script"),
        crons.map(({ cron }) => cron),
      );
      return answer(schedules(c.req.param("script")));
    })
    .get(`${SCRIPT}/subdomain`, (c) => answer(subdomainOf(account.script(c.req.param("script")))))
    .post(`${SCRIPT}/subdomain`, async (c) => {
      const { enabled, previews_enabled } = await readJson(c.req.raw, subdomainBody);
      const subdomain = { enabled, previewsEnabled: previews_enabled ?? enabled };
      return answer(subdomainOf(await annotate(c.req.param("script"), subdomain)));
    })
    .delete(`${SCRIPT}/subdomain`, async (c) => {
      const subdomain = { enabled: false, previewsEnabled: false };
      return answer(subdomainOf(await annotate(c.req.param("script"), subdomain)));
    })
    .get(`${SCRIPT}/tails`, (c) => {
      account.script(c.req.param("script"));
      return answer([]);
    })
    .get("/accounts/:account/workers/subdomain", () => answer({ subdomain: "local" }));
  return routes;
}

type Secret = ScriptBinding & { readonly type: "secret_text" };

/**
 * The bindings with other secrets; null takes one away.
 *
 * @throws CloudflareError 10053 when something else has the name: a secret must not take a variable's place.
 */
function withSecrets(
  bindings: readonly ScriptBinding[],
  changes: readonly (readonly [name: string, secret: Secret | null])[],
): readonly ScriptBinding[] {
  const changed = new Map(bindings.map((binding) => [binding.name, binding]));
  for (const [name, secret] of changes) {
    const before = changed.get(name);
    const isOther = before !== undefined && before.type !== "secret_text";
    if (secret !== null && isOther) throw refusals.bindingNameTaken(name);
    if (secret !== null) changed.set(name, secret);
    else if (!isOther) changed.delete(name);
  }
  return [...changed.values()];
}

function withoutSecret(bindings: readonly ScriptBinding[], secret: string): readonly ScriptBinding[] {
  return bindings.filter(({ name, type }) => name !== secret || type !== "secret_text");
}

function secretsOf({ bindings }: Script): readonly { readonly name: string; readonly type: string }[] {
  return bindings.filter(({ type }) => type === "secret_text").map(({ name, type }) => ({ name, type }));
}

function subdomainOf({ subdomain }: Script) {
  return { enabled: subdomain?.enabled ?? false, previews_enabled: subdomain?.previewsEnabled ?? false };
}
