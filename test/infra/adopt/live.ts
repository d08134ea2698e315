import { readFile } from "node:fs/promises";
import { type FoundConnector, adoptionOf } from "../../../infra/adopt/adoption.ts";
import type { Script, ScriptBinding } from "../../../infra/local/cloudflare/account/model.ts";
import { type Target, deployable } from "../../../infra/specification/target.ts";
import { specify } from "../../../infra/specification/specify.ts";
import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import type { World } from "../deploy/world.ts";
import { foundConnector } from "./found.ts";

export const HOST = "shop.staging.example.com";
export const PAGE = `https://${HOST}/tickets`;

/**
 * A Worker that somebody made by hand in the account of a world, and that queues: this project's bundle with the
 * names of the vendor's manual, since the vendor's own is not public.
 */
export async function setUpLive(world: World, more: readonly ScriptBinding[] = []): Promise<FoundConnector> {
  const { account } = world.server;
  const { id: namespaceId } = await account.createNamespace("Queue-it");
  await account.putScript({
    ...(await scriptOf(world)),
    bindings: [
      { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId },
      { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "ticketsandmore" },
      { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: world.secretKey },
      ...more,
    ],
  });
  const zone = account.zones.find(({ name }) => HOST.endsWith(name));
  await account.createRoute(zone?.id ?? "", `${HOST}/static/*`, undefined);
  await account.createRoute(zone?.id ?? "", `${HOST}/*`, "queueit");
  const configuration = JSON.stringify(configurationOf(queueAction()));
  await account.putValue(namespaceId, "info", { bytes: Buffer.from(configuration) });
  await world.server.deployed();
  const accountId = account.id;
  return foundConnector(accountId, world.account, configuration);
}

async function scriptOf({ staging }: World): Promise<Omit<Script, "bindings">> {
  const { file, compatibilityDate, compatibilityFlags } = staging.spec.worker;
  const content = await readFile(file.path, "utf8");
  const format = "es-module";
  return { name: "queueit", mainModule: "worker.js", content, format, compatibilityDate, compatibilityFlags };
}

/** What is deployed once the connector is adopted, with this project's Worker. */
export function adoptedTarget(world: World, connector: FoundConnector): Target {
  const choices = {
    environment: "staging",
    worker: "replace",
    customerId: undefined,
    knownSecrets: [],
  } as const;
  const { environment } = adoptionOf(connector, choices);
  const named = { name: "staging", environment };
  const workerFile = world.staging.spec.worker.file;
  const spec = specify({ named, all: [named], workerFile, readConfiguration: () => "{}" });
  return deployable({ named, spec }, { CLOUDFLARE_BASE_URL: "http://localhost" });
}
