import { readFile } from "node:fs/promises";
import { z } from "zod";
import {
  CONFIGURATION_BINDING,
  CONFIGURATION_KEY,
  SECRETS,
  VARIABLES,
} from "../../worker/deployment/variables.ts";
import type { ConnectorSpec, ExistingObjects } from "../../infra/specification/specification.ts";
import type { LocalServer } from "../../infra/local/server/local-server.ts";
import type { Management } from "./management.ts";

const created = z.object({ id: z.string() });

/**
 * Sets up a connector as the manual says, without Terraform: namespace, Worker, variables, binding,
 * configuration and routes. It has fewer settings than the stack, as what was made by hand has.
 */
export async function setUpByHand(
  spec: ConnectorSpec,
  server: LocalServer,
  management: Management,
): Promise<ExistingObjects> {
  const account = `/accounts/${spec.accountId}`;
  const namespace = created.parse(
    await management.call("POST", `${account}/storage/kv/namespaces`, { title: spec.namespace.title }),
  );
  const value = new FormData();
  value.set(
    "value",
    spec.configuration.owner === "file" ? spec.configuration.value : spec.configuration.seed,
  );
  await management.call(
    "PUT",
    `${account}/storage/kv/namespaces/${namespace.id}/values/${CONFIGURATION_KEY}`,
    value,
  );
  await management.call(
    "PUT",
    `${account}/workers/scripts/${spec.worker.name}`,
    await upload(spec, namespace.id, server.secrets.secretKey),
  );
  const routes = new Map<string, { id: string; zoneId: string }>();
  for (const { kind, pattern } of spec.routes) {
    const zoneId = zoneOf(server, pattern);
    const script = kind === "protect" ? { script: spec.worker.name } : {};
    const route = created.parse(
      await management.call("POST", `/zones/${zoneId}/workers/routes`, { pattern, ...script }),
    );
    routes.set(pattern, { id: route.id, zoneId });
  }
  return { namespaceId: namespace.id, hasConfiguration: true, hasWorker: true, routes };
}

async function upload({ worker }: ConnectorSpec, namespaceId: string, secretKey: string): Promise<FormData> {
  const customer = worker.bindings.find(({ name }) => name === VARIABLES.customerId);
  const metadata = {
    main_module: "worker.mjs",
    compatibility_date: worker.compatibilityDate,
    compatibility_flags: worker.compatibilityFlags,
    bindings: [
      { type: "kv_namespace", name: CONFIGURATION_BINDING, namespace_id: namespaceId },
      ...(customer === undefined ? [] : [customer]),
      { type: "secret_text", name: SECRETS.secretKey, text: secretKey },
    ],
  };
  const form = new FormData();
  const module = new Blob([await readFile(worker.file.path)], { type: "application/javascript+module" });
  form.set("worker.mjs", module, "worker.mjs");
  form.set("metadata", new Blob([JSON.stringify(metadata)], { type: "application/json" }));
  return form;
}

function zoneOf(server: LocalServer, pattern: string): string {
  const host = pattern.replace(/^https?:\/\//, "").split("/", 1)[0] ?? "";
  const zone = server.account.zones.find(({ name }) => host === name || host.endsWith(`.${name}`));
  if (zone === undefined) throw new Error(`No zone for ${pattern}.`);
  return zone.id;
}
