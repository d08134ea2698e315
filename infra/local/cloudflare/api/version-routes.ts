import { Hono } from "hono";
import { z } from "zod";
import type { Script, ScriptVersion } from "../model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { presentBinding } from "./script-bindings.ts";
import { etagOf, presentScript } from "./script-presenter.ts";

const SCRIPT = "/accounts/:account/workers/scripts/:script";
const AUTHOR = { author_email: "local@localhost", author_id: "local", source: "api" } as const;

const deploymentBody = z.object({
  strategy: z.literal("percentage"),
  versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })).length(1),
});

/** Versions and deployments of a Worker: every upload is one of each. */
export function versionRoutes({ account }: ApiContext): Hono {
  const versionsOf = (name: string): readonly ScriptVersion[] =>
    (account.script(name).history?.versions ?? []).toReversed();
  const find = (name: string, by: (version: ScriptVersion) => boolean): ScriptVersion => {
    const version = versionsOf(name).find(by);
    if (version === undefined) throw apiRefusals.versionNotFound();
    return version;
  };
  const routes = new Hono();
  routes
    .get(`${SCRIPT}/versions`, (c) =>
      answer({ items: versionsOf(c.req.param("script")).map(presentVersion) }),
    )
    .get(`${SCRIPT}/versions/:version`, (c) => {
      const name = c.req.param("script");
      const version = find(name, ({ id }) => id === c.req.param("version"));
      if (version !== versionsOf(name)[0]) throw apiRefusals.versionNotKept();
      return answer({ ...presentVersion(version), resources: resourcesOf(account.script(name)) });
    })
    .get(`${SCRIPT}/deployments`, (c) =>
      answer({ deployments: versionsOf(c.req.param("script")).slice(0, 10).map(presentDeployment) }),
    )
    .post(`${SCRIPT}/deployments`, async (c) => {
      const name = c.req.param("script");
      const { versions } = await readJson(c.req.raw, deploymentBody);
      const version = find(name, ({ id }) => id === versions[0]?.version_id);
      if (version !== versionsOf(name)[0]) throw apiRefusals.versionNotKept();
      return answer(presentDeployment(version));
    })
    .get(`${SCRIPT}/deployments/:deployment`, (c) =>
      answer(
        presentDeployment(
          find(c.req.param("script"), ({ deploymentId }) => deploymentId === c.req.param("deployment")),
        ),
      ),
    );
  return routes;
}

function presentVersion({ id, number, createdOn }: ScriptVersion) {
  return {
    id,
    number,
    metadata: { ...AUTHOR, created_on: createdOn, modified_on: createdOn, hasPreview: false },
    annotations: { "workers/triggered_by": "upload" },
  };
}

function presentDeployment({ id, deploymentId, createdOn }: ScriptVersion) {
  return {
    id: deploymentId,
    source: AUTHOR.source,
    strategy: "percentage",
    author_email: AUTHOR.author_email,
    created_on: createdOn,
    annotations: { "workers/triggered_by": "upload" },
    versions: [{ version_id: id, percentage: 100 }],
  };
}

function resourcesOf(script: Script) {
  const { handlers, compatibility_date, compatibility_flags, usage_model } = presentScript(script);
  return {
    bindings: script.bindings.map(presentBinding),
    script: { etag: etagOf(script), handlers, named_handlers: [], last_deployed_from: "api" },
    script_runtime: { compatibility_date, compatibility_flags, usage_model },
  };
}
