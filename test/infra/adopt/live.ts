import { readFile } from "node:fs/promises";
import { type FoundConnector, adoptionOf } from "../../../infra/adopt/adoption.ts";
import type { Environment, NamedEnvironment } from "../../../infra/environments/environment.ts";
import type { ScriptBinding } from "../../../infra/local/cloudflare/account/model.ts";
import type { WorkerFile } from "../../../infra/specification/specification.ts";
import { type Target, deployable } from "../../../infra/specification/target.ts";
import { specify } from "../../../infra/specification/specify.ts";
import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import type { World } from "../deploy/world.ts";
import { foundConnector } from "./found.ts";

export const HOST = "shop.staging.example.com";
export const PAGE = `https://${HOST}/tickets`;

export interface Live {
  /** Of the Worker. */
  readonly name: string;
  readonly host: string;
  readonly bindings?: readonly ScriptBinding[];
}

/**
 * A Worker that somebody made by hand in the account of a world, and that queues: this project's bundle with the
 * names of the vendor's manual, since the vendor's own is not public.
 *
 * @returns The integration configuration that it has.
 */
export async function makeLive(world: World, { name, host, bindings = [] }: Live): Promise<string> {
  const { account } = world.server;
  const { file, compatibilityDate, compatibilityFlags } = world.staging.spec.worker;
  const { id: namespaceId } = await account.createNamespace(`Queue-it of ${name}`);
  const content = await readFile(file.path, "utf8");
  await account.putScript({
    name,
    mainModule: "worker.js",
    content,
    format: "es-module",
    compatibilityDate,
    compatibilityFlags,
    bindings: [
      { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId },
      { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "ticketsandmore" },
      { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: world.secretKey },
      ...bindings,
    ],
  });
  const configuration = JSON.stringify(configurationOf(queueAction()));
  await account.putValue(namespaceId, "info", { bytes: Buffer.from(configuration) });
  const zone = account.zones.find((each) => host.endsWith(each.name));
  await account.createRoute(zone?.id ?? "", `${host}/static/*`, undefined);
  await account.createRoute(zone?.id ?? "", `${host}/*`, name);
  await world.server.deployed();
  return configuration;
}

/** A live connector called `queueit` on staging's host, as it is found. */
export async function setUpLive(world: World): Promise<FoundConnector> {
  const configuration = await makeLive(world, { name: "queueit", host: HOST });
  return foundConnector(world.server.account.id, world.account, configuration);
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
  return targetOf({ name: "staging", environment }, [], world.staging.spec.worker.file);
}

/** An environment as it is deployed to the local Cloudflare. */
export function targetOf(
  named: NamedEnvironment,
  others: readonly NamedEnvironment[],
  workerFile: WorkerFile,
): Target {
  const spec = specify({ named, all: [named, ...others], workerFile, readConfiguration: () => "{}" });
  return deployable({ named, spec }, { CLOUDFLARE_BASE_URL: "http://localhost" });
}

/** The environment without some of its properties, as somebody deletes them from the file. */
export function without(environment: Environment, ...names: readonly (keyof Environment)[]): Environment {
  const entries = Object.entries(environment).filter(([name]) => !names.some((other) => other === name));
  // Only optional ones are deleted.
  return Object.fromEntries(entries) as unknown as Environment;
}
