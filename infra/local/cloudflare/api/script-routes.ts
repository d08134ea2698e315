import { Hono } from "hono";
import { z } from "zod";
import { refusals } from "../errors.ts";
import type { Script } from "../model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readBytes, readJson, readMultipart } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import type { Part } from "./multipart.ts";
import {
  etagOf,
  presentContent,
  presentOwnSettings,
  presentScript,
  presentService,
  presentSettings,
} from "./script-presenter.ts";
import { scriptOfUpload, withContent, withSettings } from "./script-upload.ts";

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
  const patch = async (name: string, request: Request): Promise<Script> => {
    const parts = await readMultipart(request);
    const bytes =
      parts === undefined ? await readBytes(request) : parts.find((part) => part.name === "settings")?.bytes;
    if (bytes === undefined) throw apiRefusals.bodyNotValid("the part `settings` is missing");
    return change(name, (before) => withSettings(before, bytes));
  };
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
      const script = await account.changeScript(name, (before) => scriptOfUpload(name, parts, before));
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
    .patch(`${SCRIPT}/settings`, async (c) =>
      answer(presentSettings(await patch(c.req.param("script"), c.req.raw))),
    )
    .get(`${SCRIPT}/script-settings`, (c) =>
      answer(presentOwnSettings(account.script(c.req.param("script")))),
    )
    .patch(`${SCRIPT}/script-settings`, async (c) =>
      answer(presentOwnSettings(await patch(c.req.param("script"), c.req.raw))),
    )
    .get(`${SCRIPT}/usage-model`, (c) => {
      const { usage_model } = presentSettings(account.script(c.req.param("script")));
      return answer({ usage_model });
    })
    .put(`${SCRIPT}/usage-model`, async (c) => {
      const body = await readJson(c.req.raw, usageBody);
      await change(c.req.param("script"), (before) => ({
        ...before,
        settings: { ...before.settings, ...body },
      }));
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

async function readUpload(request: Request): Promise<readonly Part[]> {
  const parts = await readMultipart(request);
  if (parts !== undefined) return parts;
  throw apiRefusals.bodyNotValid("an upload has to be multipart/form-data");
}
