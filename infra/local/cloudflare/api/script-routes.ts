import { Hono } from "hono";
import { z } from "zod";
import { DEFAULT_SERVICE_ENVIRONMENT } from "../../../cloudflare/service-environment.ts";
import { refusals } from "../account/refusals.ts";
import type { Script } from "../account/model.ts";
import { servicesOf } from "../account/worker-scripts.ts";
import { apiRefusals } from "./api-errors.ts";
import { bindable } from "./bindable.ts";
import { readJson, readMultipart, readObject, readUpload } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { answer } from "./envelope.ts";
import {
  etagOf,
  presentContent,
  presentOwnSettings,
  presentScript,
  presentService,
  presentSettings,
} from "./script-presenter.ts";
import { earlierBindings } from "./earlier-bindings.ts";
import { scriptOfUpload, settingsOf, sourceOf, withContent, withSettings } from "./script-upload.ts";

const WORKERS = "/accounts/:account/workers";
const PATH = `${WORKERS}/scripts` as const;
const SCRIPT = `${PATH}/:script` as const;
const SERVICE = `${WORKERS}/services/:script` as const;

const usageBody = z.object({ usage_model: z.string().max(100) });

/** Workers: their code, their settings, and the same Workers as services. */
export function scriptRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const edit = (name: string, request: Request, to: (before: Script) => Script) =>
    account.editScript(name, to, sourceOf(request), refusals.settingsWhileNewestNotDeployed);
  const service = (name: string): Script => {
    const script = account.scripts.find((candidate) => candidate.name === name);
    if (script === undefined) throw apiRefusals.serviceNotFound();
    return script;
  };
  const routes = new Hono<ApiEnv>();
  routes
    .get(PATH, () => answer(account.scripts.map(presentScript)))
    .put(SCRIPT, async (c) => {
      const name = c.req.param("script");
      const parts = await readUpload(c.req.raw);
      const mayBind = bindable(c.env.shown, account);
      const script = await account.changeScript(
        name,
        (before) =>
          mayBind(scriptOfUpload(name, parts, before, earlierBindings(account, name, c.req.query()))),
        sourceOf(c.req.raw),
      );
      return answer(
        {
          ...presentScript(script),
          entry_point: script.mainModule,
          available_on_subdomain: script.subdomain?.enabled ?? false,
        },
        undefined,
        { etag: `"${etagOf(script)}"` },
      );
    })
    .get(SCRIPT, (c) => presentContent(account.script(c.req.param("script"))))
    .delete(SCRIPT, async (c) => {
      const name = c.req.param("script");
      await account.deleteScript(name, c.req.query("force") === "true");
      return answer({ id: name });
    })
    .get(`${SCRIPT}/content`, (c) => presentContent(account.script(c.req.param("script"))))
    .get(`${SCRIPT}/content/v2`, (c) => {
      const { version } = c.req.query();
      const name = c.req.param("script");
      return presentContent(version === undefined ? account.script(name) : account.version(name, version));
    })
    .put(`${SCRIPT}/content`, async (c) => {
      const parts = await readUpload(c.req.raw);
      const script = await edit(c.req.param("script"), c.req.raw, (before) => withContent(before, parts));
      return answer(presentScript(script), undefined, { etag: `"${etagOf(script)}"` });
    })
    .get(`${SCRIPT}/settings`, (c) => answer(presentSettings(account.script(c.req.param("script")))))
    .patch(`${SCRIPT}/settings`, async (c) => {
      const told = await readSettings(c.req.raw);
      const name = c.req.param("script");
      const { of } = earlierBindings(account, name, {});
      const mayBind = bindable(c.env.shown, account);
      const to = (before: Script) => mayBind(withSettings(before, told, of));
      return answer(presentSettings(await edit(name, c.req.raw, to)));
    })
    .get(`${SCRIPT}/script-settings`, (c) =>
      answer(presentOwnSettings(account.script(c.req.param("script")))),
    )
    .patch(`${SCRIPT}/script-settings`, async (c) => {
      const name = c.req.param("script");
      const told = await readSettings(c.req.raw);
      const script = await account.annotateScript(name, (before) => ({ settings: settingsOf(before, told) }));
      return answer(presentOwnSettings(script));
    })
    .get(`${SCRIPT}/usage-model`, (c) => {
      const { usage_model } = presentSettings(account.script(c.req.param("script")));
      return answer({ usage_model });
    })
    .put(`${SCRIPT}/usage-model`, async (c) => {
      const body = await readJson(c.req.raw, usageBody);
      const name = c.req.param("script");
      await account.annotateScript(name, ({ settings }) => ({ settings: { ...settings, ...body } }));
      return answer(body);
    })
    .get(`${SCRIPT}/references`, (c) => {
      const script = account.script(c.req.param("script"));
      const incoming = account.scripts.filter(
        (other) => other.name !== script.name && servicesOf(other).includes(script.name),
      );
      return answer({
        services: {
          incoming: incoming.map(({ name }) => ({ name, environment: DEFAULT_SERVICE_ENVIRONMENT })),
          outgoing: servicesOf(script).map((name) => ({ name, environment: DEFAULT_SERVICE_ENVIRONMENT })),
          pages_function: false,
        },
        durable_objects: [],
        dispatch_outbounds: [],
      });
    })
    .get(`${WORKERS}/tails/by-consumer/:script`, () => answer([]))
    .get(SERVICE, (c) => answer(presentService(service(c.req.param("script")))))
    .delete(SERVICE, async (c) => {
      // By this call wrangler deletes a Worker. It asks about other Workers that use it, and never about its
      // routes.
      const { name } = service(c.req.param("script"));
      await account.deleteScript(name, true, c.req.query("force") === "true");
      return answer(null);
    })
    .get(`${SERVICE}/environments/:environment`, (c) =>
      answer(presentService(service(c.req.param("script"))).default_environment),
    )
    .get(`${SERVICE}/environments/:environment/bindings`, (c) =>
      answer(presentSettings(service(c.req.param("script"))).bindings),
    )
    .get(`${SERVICE}/environments/:environment/content/v2`, (c) =>
      presentContent(service(c.req.param("script"))),
    )
    .get(`${SERVICE}/environments/:environment/routes`, (c) => {
      const { name } = service(c.req.param("script"));
      const routes = account.routes.filter(({ script }) => script === name);
      return answer(
        routes.map(({ id, pattern, zoneId }) => ({
          id,
          pattern,
          script: name,
          zone_name: account.zones.find((zone) => zone.id === zoneId)?.name,
        })),
      );
    })
    .get(`${SERVICE}/environments/:environment/subdomain`, (c) => {
      const { subdomain } = service(c.req.param("script"));
      return answer({ enabled: subdomain?.enabled ?? false });
    });
  return routes;
}

/** Settings come as JSON, or as one object among the parts of a form. */
async function readSettings(request: Request): Promise<unknown> {
  const parts = await readMultipart(request);
  return parts === undefined ? await readJson(request, z.unknown()) : readObject(parts, "settings");
}
