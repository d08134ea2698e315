import { describe, expect, it } from "vitest";
import { adoptionOf } from "../../../infra/adopt/adoption.ts";
import { sha256Of } from "../../../infra/files/sha256.ts";
import { inTemporaryFolder } from "../../../infra/files/temporary-folder.ts";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { localStacks } from "../../../infra/local/terraform/local-stacks.ts";
import { specify } from "../../../infra/specification/specify.ts";
import { actionsOf, jsonOf } from "../local/terraform/world.ts";
import { foundConnector } from "./found.ts";
import { type HandMade, otherWorker, PUBLISHED, setUp, TYPED } from "./hand-made.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";

/** A hand-made connector, adopted; `plan` plans the environment that came of it. */
async function adopted(folder: string, made: Partial<HandMade>, worker: "keep" | "replace") {
  const account = new LocalAccount(ACCOUNT_ID);
  await setUp(account, made);
  await otherWorker(account, "blog", "shop.tickets-and-more.dk/blog*");
  const api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
  try {
    const access = { baseUrl: api.baseUrl, token: TOKEN };
    const { environment, files } = adoptionOf(await foundConnector(ACCOUNT_ID, access, PUBLISHED), {
      environment: "production",
      worker,
      customerId: undefined,
      knownSecrets: [],
    });
    const content = files[0]?.content ?? Buffer.from("export default { fetch: () => fetch };");
    const path = join(folder, "worker.js");
    await writeFile(path, content);
    const named = { name: "production", environment };
    const format = environment.worker?.source === "file" ? environment.worker.format : "es-module";
    const spec = specify({
      named,
      all: [named],
      workerFile: { path, sha256: sha256Of(content), format },
      readConfiguration: () => "{}",
    });
    const variables = { queueit_secret_key: "fake-key-of-the-platform", queueit_api_key: "fake-api-key" };
    const stack = await localStacks({ account, variables, projectRoot: folder })(spec);
    return { account, stack };
  } finally {
    await api.close();
  }
}

describe.each<["keep" | "replace", Partial<HandMade>]>([
  ["replace", {}],
  ["keep", {}],
  ["keep", { format: "service-worker" }],
  [
    "replace",
    {
      crons: ["*/10 * * * *"],
      title: "queueit-production-integration-config",
      bindings: [...TYPED, { type: "secret_text", name: "QUEUEIT_API_KEY", text: "fake-api-key" }],
    },
  ],
])("the first deploy of a connector that was made by hand (%s, %j)", (worker, made) => {
  it("makes no second object, deletes none, and leaves nothing to do", async () => {
    await inTemporaryFolder("queueit-stack-", async (folder) => {
      const { account, stack } = await adopted(folder, made, worker);
      const before = structuredClone(account.contents);
      const planned = await stack.plan("apply");
      expect(planned.failure).toBeUndefined();
      const created = actionsOf(planned).filter((action) => !action.startsWith("update "));
      // A Worker has one list of schedules, so making it replaces the one that is there by the same.
      expect(created).toEqual(made.crons ? ["create cloudflare_workers_cron_trigger"] : []);
      expect(await planned.apply()).toEqual({ ok: true });
      expect(account.contents.namespaces).toEqual(before.namespaces);
      expect(account.contents.routes).toEqual(before.routes);
      const { bytes } = await account.getValue(before.namespaces[0]?.id ?? "", "info");
      expect(new TextDecoder().decode(bytes)).toBe(PUBLISHED);
      expect(jsonOf(await stack.plan("apply")).applyable).toBe(false);
    });
  });
});
