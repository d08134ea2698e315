import { Hono } from "hono";
import { z } from "zod";
import { CloudflareError, refusals } from "../account/refusals.ts";
import type { Script, ScriptDeployment, ScriptHistory, ScriptVersion } from "../account/model.ts";
import { bindable } from "./bindable.ts";
import { readJson, readUpload } from "./body.ts";
import type { ApiContext } from "./context.ts";
import type { ApiEnv } from "./shown-token.ts";
import { answer } from "./envelope.ts";
import { earlierBindings } from "./earlier-bindings.ts";
import { presentBinding } from "./script-bindings.ts";
import { etagOf, presentScript } from "./script-presenter.ts";
import { scriptOfUpload, sourceOf } from "./script-upload.ts";

const SCRIPT = "/accounts/:account/workers/scripts/:script";
const EMAIL = "local@localhost";

/** Cloudflare can split traffic between two versions; here one takes it all. */
const deploymentBody = z.object({
  strategy: z.literal("percentage"),
  versions: z.tuple([z.object({ version_id: z.string(), percentage: z.literal(100) })], {
    error: "the local Cloudflare gives one version all of the traffic: name one, with the percentage 100",
  }),
});

/** Versions and deployments of a Worker. */
export function versionRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const historyOf = (name: string): Pick<ScriptHistory, "versions" | "deployments"> =>
    account.script(name).history ?? { versions: [], deployments: [] };
  /** Lists of deployments read every version there was, also those whose content is gone. */
  const resourcesIn = (name: string, versionId: string) => {
    try {
      return resourcesOf(account.version(name, versionId));
    } catch (error) {
      if (error instanceof CloudflareError) return { bindings: [], script: {}, script_runtime: {} };
      throw error;
    }
  };
  const routes = new Hono<ApiEnv>();
  routes
    .get(`${SCRIPT}/versions`, (c) => {
      const { versions } = historyOf(c.req.param("script"));
      const listed = c.req.query("deployable") === "true" ? versions.slice(-10) : versions;
      return answer({ items: listed.toReversed().map(presentVersion) });
    })
    .post(`${SCRIPT}/versions`, async (c) => {
      const name = c.req.param("script");
      const parts = await readUpload(c.req.raw);
      const mayBind = bindable(c.env.shown, account);
      const { history } = await account.uploadVersion(
        name,
        (before) =>
          mayBind(scriptOfUpload(name, parts, before, earlierBindings(account, name, c.req.query()))),
        sourceOf(c.req.raw),
      );
      const [version] = history.versions.slice(-1);
      if (version === undefined) throw refusals.versionNotFound();
      const resources = resourcesOf(account.version(name, version.id));
      return answer({ ...presentVersion(version), resources, startup_time_ms: 1, entry_point: "" });
    })
    .get(`${SCRIPT}/versions/:version`, (c) => {
      const name = c.req.param("script");
      const version = historyOf(name).versions.find(({ id }) => id === c.req.param("version"));
      if (version === undefined) throw refusals.versionNotFound();
      return answer({
        ...presentVersion(version),
        resources: resourcesIn(name, version.id),
      });
    })
    .get(`${SCRIPT}/deployments`, (c) => {
      const { deployments } = historyOf(c.req.param("script"));
      return answer({ deployments: deployments.slice(-10).toReversed().map(presentDeployment) });
    })
    .post(`${SCRIPT}/deployments`, async (c) => {
      const name = c.req.param("script");
      const { versions } = await readJson(c.req.raw, deploymentBody);
      const force = c.req.query("force") === "true";
      const [{ version_id }] = versions;
      const { history } = await account.deployVersion(name, version_id, sourceOf(c.req.raw), force);
      return answer(history.deployments.slice(-1).map(presentDeployment)[0]);
    })
    .get(`${SCRIPT}/deployments/:deployment`, (c) => {
      const { deployments } = historyOf(c.req.param("script"));
      const deployment = deployments.find(({ id }) => id === c.req.param("deployment"));
      if (deployment === undefined) throw refusals.versionNotFound();
      return answer(presentDeployment(deployment));
    });
  return routes;
}

function presentVersion({ id, number, createdOn, source }: ScriptVersion) {
  return {
    id,
    number,
    metadata: {
      author_email: EMAIL,
      author_id: "local",
      created_on: createdOn,
      modified_on: createdOn,
      source,
      hasPreview: false,
    },
    annotations: { "workers/triggered_by": "upload" },
  };
}

function presentDeployment({ id, versionId, createdOn, source }: ScriptDeployment) {
  return {
    id,
    source,
    strategy: "percentage",
    author_email: EMAIL,
    created_on: createdOn,
    annotations: { "workers/triggered_by": "deployment" },
    versions: [{ version_id: versionId, percentage: 100 }],
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
