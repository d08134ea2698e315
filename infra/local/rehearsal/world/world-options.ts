import type { Binding } from "../../../specification/specification.ts";
import { VARIABLES } from "../../../../worker/deployment/variables.ts";
import type { LocalSecrets } from "../../state/state-file.ts";
import { SECRET_VARIABLES } from "../../../specification/bindings.ts";
import { CONTROL, CLOCK_SOURCE, WRAPPER_MODULES, wrapperSource } from "./wrapped-worker.ts";
import { DRIVER_BINDINGS, DRIVER_SOURCE } from "./driver-worker.ts";
import { type PlatformBinding, SITE_BINDINGS, SITE_SOURCE } from "./site-worker.ts";

/** A Worker as it is rehearsed. */
export interface RehearsedWorker {
  /** Text of the bundle. */
  readonly text: string;
  readonly sha256: string;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly bindings: readonly Binding[];
}

export interface WorldOptions {
  readonly worker: RehearsedWorker;
  readonly secrets: LocalSecrets;
  /** Which secret the Secrets Store has under a name. */
  readonly storedAs: Readonly<Record<string, keyof LocalSecrets>>;
  /** Hostnames of the sites. */
  readonly hosts: readonly string[];
  readonly platform: PlatformBinding;
  /** How many isolates the Worker runs in: each knows only what it has read itself. */
  readonly isolates: number;
}

const DRIVER = "driver";
const SITE = "site";
const NAMESPACE = "integration-configuration";
const connectorName = (isolate: number): string => `connector-${isolate}`;

/** Of the Workers that are the rehearsal's own. YYYY-MM-DD. */
const COMPATIBILITY_DATE = "2026-04-01";

/** Name of the driver in the runtime, for its address. */
export const DRIVER_NAME = DRIVER;

/** The Workers of one generation. */
export function workersOf(options: WorldOptions, key: string) {
  const numbers = Array.from({ length: options.isolates }, (_, isolate) => isolate);
  return [driver(numbers, key), site(options), ...numbers.map((isolate) => connector(options, isolate))];
}

function driver(numbers: readonly number[], key: string) {
  const B = DRIVER_BINDINGS;
  return {
    name: DRIVER,
    modules: [{ type: "ESModule" as const, path: "driver.mjs", contents: DRIVER_SOURCE }],
    compatibilityDate: COMPATIBILITY_DATE,
    bindings: { [B.key]: key },
    kvNamespaces: { [B.namespace]: NAMESPACE },
    serviceBindings: {
      [B.site]: SITE,
      [B.siteControl]: { name: SITE, entrypoint: CONTROL },
      ...Object.fromEntries(
        numbers.flatMap((isolate) => [
          [`${B.connector}${isolate}`, { name: connectorName(isolate) }] as const,
          [`${B.control}${isolate}`, { name: connectorName(isolate), entrypoint: CONTROL }] as const,
        ]),
      ),
    },
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
}

function site({ hosts, platform }: WorldOptions) {
  return {
    name: SITE,
    modules: [{ type: "ESModule" as const, path: "site.mjs", contents: SITE_SOURCE }],
    compatibilityDate: COMPATIBILITY_DATE,
    bindings: {
      [SITE_BINDINGS.hosts]: JSON.stringify(hosts),
      [SITE_BINDINGS.platform]: JSON.stringify(platform),
    },
  };
}

function connector({ worker, secrets, storedAs }: WorldOptions, isolate: number) {
  const kvNames: string[] = [];
  const storeNames: string[] = [];
  const chainNames: string[] = [];
  const texts: Record<string, string> = {};
  for (const binding of worker.bindings) {
    switch (binding.type) {
      case "kv_namespace":
        kvNames.push(binding.name);
        break;
      case "plain_text":
        texts[binding.name] = binding.name === VARIABLES.bundle ? worker.sha256 : binding.text;
        break;
      case "secret_text":
        texts[binding.name] = secretOf(binding.variable, secrets);
        break;
      case "secrets_store_secret":
        storeNames.push(binding.name);
        texts[binding.name] = secrets[storedAs[binding.secretName] ?? "secretKey"];
        break;
      case "service":
        chainNames.push(binding.name);
        break;
      default:
        binding satisfies never;
    }
  }
  const { clock, main, bundle } = WRAPPER_MODULES;
  return {
    name: connectorName(isolate),
    modules: [
      { type: "ESModule" as const, path: main, contents: wrapperSource({ kvNames, storeNames }) },
      { type: "ESModule" as const, path: clock, contents: CLOCK_SOURCE },
      { type: "ESModule" as const, path: bundle, contents: worker.text },
    ],
    compatibilityDate: worker.compatibilityDate,
    compatibilityFlags: [...worker.compatibilityFlags],
    bindings: texts,
    kvNamespaces: Object.fromEntries(kvNames.map((name) => [name, NAMESPACE])),
    // A chained Worker is the site, as its visitors see it.
    serviceBindings: Object.fromEntries(chainNames.map((name) => [name, SITE])),
    // Whatever it asks for: nothing leaves this machine.
    outboundService: SITE,
    stripCfConnectingIp: false,
  };
}

function secretOf(variable: string, secrets: LocalSecrets): string {
  const [name] = Object.entries(SECRET_VARIABLES).find(([, { name }]) => name === variable) ?? [];
  if (name === undefined) throw new Error(`No secret has the variable ${variable}.`);
  return secrets[name as keyof typeof SECRET_VARIABLES];
}
