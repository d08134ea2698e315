import { Hono } from "hono";
import { z } from "zod";
import { refusals } from "../errors.ts";
import type { Script, ScriptBinding } from "../model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { BEGINNING } from "./identity-routes.ts";
import { sourceOf } from "./script-upload.ts";

const SCRIPT = "/accounts/:account/workers/scripts/:script";

const secretBody = z.object({ name: z.string().min(1), text: z.string(), type: z.literal("secret_text") });
const schedulesBody = z.array(z.object({ cron: z.string() }));
const subdomainBody = z.object({ enabled: z.boolean(), previews_enabled: z.boolean().optional() });

/** What belongs to one Worker beside its code: secrets, cron triggers, its address under workers.dev, tails. */
export function scriptPartsRoutes({ account }: ApiContext): Hono {
  const changeBindings = (
    name: string,
    request: Request,
    to: (bindings: readonly ScriptBinding[]) => readonly ScriptBinding[],
  ) =>
    account.changeScript(
      name,
      (before) => {
        if (before === undefined) throw refusals.scriptNotFound();
        return { ...before, bindings: to(before.bindings) };
      },
      sourceOf(request),
    );
  const schedules = (name: string) => {
    const changedOn = account.schedulesChangedOn(name) ?? BEGINNING;
    return {
      schedules: account
        .schedules(name)
        .map((cron) => ({ cron, created_on: changedOn, modified_on: changedOn })),
    };
  };
  const routes = new Hono();
  routes
    .get(`${SCRIPT}/secrets`, (c) => answer(secretsOf(account.script(c.req.param("script")))))
    .put(`${SCRIPT}/secrets`, async (c) => {
      const secret = await readJson(c.req.raw, secretBody);
      await changeBindings(c.req.param("script"), c.req.raw, (bindings) => [
        ...bindings.filter(({ name }) => name !== secret.name),
        secret,
      ]);
      return answer({ name: secret.name, type: secret.type });
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
        const others = bindings.filter(({ name, type }) => name !== secret || type !== "secret_text");
        if (others.length === bindings.length) throw apiRefusals.scriptSecretNotFound();
        return others;
      });
      return answer(null);
    })
    .get(`${SCRIPT}/schedules`, (c) => answer(schedules(c.req.param("script"))))
    .put(`${SCRIPT}/schedules`, async (c) => {
      const crons = await readJson(c.req.raw, schedulesBody);
      account.putSchedules(
        c.req.param("script"),
        crons.map(({ cron }) => cron),
      );
      return answer(schedules(c.req.param("script")));
    })
    .get(`${SCRIPT}/subdomain`, (c) => answer(subdomainOf(account.script(c.req.param("script")))))
    .post(`${SCRIPT}/subdomain`, async (c) => {
      const { enabled, previews_enabled } = await readJson(c.req.raw, subdomainBody);
      account.annotateScript(c.req.param("script"), {
        subdomain: { enabled, previewsEnabled: previews_enabled ?? enabled },
      });
      return answer(subdomainOf(account.script(c.req.param("script"))));
    })
    .delete(`${SCRIPT}/subdomain`, (c) => {
      account.annotateScript(c.req.param("script"), {
        subdomain: { enabled: false, previewsEnabled: false },
      });
      return answer(subdomainOf(account.script(c.req.param("script"))));
    })
    .get(`${SCRIPT}/tails`, (c) => {
      account.script(c.req.param("script"));
      return answer([]);
    })
    .post(`${SCRIPT}/tails`, () => {
      throw apiRefusals.notEmulated("tails. What a Worker logs is in the local Cloudflare's own output");
    })
    .get("/accounts/:account/workers/subdomain", () => answer({ subdomain: "local" }));
  return routes;
}

function secretsOf({ bindings }: Script): readonly { readonly name: string; readonly type: string }[] {
  return bindings.filter(({ type }) => type === "secret_text").map(({ name, type }) => ({ name, type }));
}

function subdomainOf({ subdomain }: Script) {
  return { enabled: subdomain?.enabled ?? false, previews_enabled: subdomain?.previewsEnabled ?? false };
}
