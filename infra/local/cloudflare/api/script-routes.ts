import { Hono } from "hono";
import { z } from "zod";
import { refusals } from "../errors.ts";
import type { Script } from "../model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readJson, readMultipart, readObject, readUpload } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import {
  etagOf,
  presentContent,
  presentOwnSettings,
  presentScript,
  presentService,
  presentSettings,
} from "./script-presenter.ts";
import { scriptOfUpload, settingsOf, sourceOf, withContent, withSettings } from "./script-upload.ts";

const PATH = "/accounts/:account/workers/scripts";
const SCRIPT = `${PATH}/:script` as const;
const SERVICE = "/accounts/:account/workers/services/:script";

const usageBody = z.object({ usage_model: z.string() });

/** Workers: their code, their settings, and the same Workers as services. */
export function scriptRoutes({ account }: ApiContext): Hono {
  const change = (name: string, to: (before: Script) => Script) =>
    account.changeScript(name, (before) => {
      if (before === undefined) throw refusals.scriptNotFound();
      return to(before);
    });
  const service = (name: string): Script => {
    const script = account.scripts.find((candidate) => candidate.name === name);
    if (script === undefined) throw apiRefusals.serviceNotFound();
    return script;
  };
  const routes = new Hono();
  routes
    .get(PATH, () => answer(account.scripts.map(presentScript)))
    .put(SCRIPT, async (c) => {
      const name = c.req.param("script");
      const parts = await readUpload(c.req.raw);
      const script = await account.changeScript(
        name,
        (before) => scriptOfUpload(name, parts, before),
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
    .get(`${SCRIPT}/content/v2`, (c) => presentContent(account.script(c.req.param("script"))))
    .put(`${SCRIPT}/content`, async (c) => {
      const parts = await readUpload(c.req.raw);
      const script = await change(c.req.param("script"), (before) => withContent(before, parts));
      return answer(presentScript(script), undefined, { etag: `"${etagOf(script)}"` });
    })
    .get(`${SCRIPT}/settings`, (c) => answer(presentSettings(account.script(c.req.param("script")))))
    .patch(`${SCRIPT}/settings`, async (c) => {
      const told = await readSettings(c.req.raw);
      return answer(
        presentSettings(await change(c.req.param("script"), (before) => withSettings(before, told))),
      );
    })
    .get(`${SCRIPT}/script-settings`, (c) =>
      answer(presentOwnSettings(account.script(c.req.param("script")))),
    )
    .patch(`${SCRIPT}/script-settings`, async (c) => {
      const name = c.req.param("script");
      const settings = settingsOf(account.script(name), await readSettings(c.req.raw));
      return answer(presentOwnSettings(account.annotateScript(name, { settings })));
    })
    .get(`${SCRIPT}/usage-model`, (c) => {
      const { usage_model } = presentSettings(account.script(c.req.param("script")));
      return answer({ usage_model });
    })
    .put(`${SCRIPT}/usage-model`, async (c) => {
      const body = await readJson(c.req.raw, usageBody);
      const name = c.req.param("script");
      account.annotateScript(name, { settings: { ...account.script(name).settings, ...body } });
      return answer(body);
    })
    .get(SERVICE, (c) => answer(presentService(service(c.req.param("script")))))
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
