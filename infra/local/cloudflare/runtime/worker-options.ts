import type { Deployment, Json, Script, ScriptModule } from "../account/model.ts";
import {
  FRONT_BINDINGS,
  FRONT_SOURCE,
  MISSING_WORKER_ENTRYPOINT,
  SECRET_ENTRYPOINT,
} from "./front-worker.ts";
import { GATE_GLOBAL, gateGlobals, gateOf, gateOptions } from "./kv-gate.ts";
import { setClock } from "./set-clock.ts";

/** Name of the front Worker in the runtime; no script can have it. */
export const FRONT = "#front";

/** HTTP in proxy style: requests carry their whole URL. Value of workerd's `HttpOptions.Style.PROXY`. */
const PROXY_STYLE = 1;

/** The front Worker's own; the runtime takes none that is in the future. YYYY-MM-DD. */
export const FRONT_COMPATIBILITY_DATE = "2026-04-01";

/** Options of the front Worker for a deployment. `key` is what a caller has to show. */
export function frontOptions(deployment: Deployment, key: string) {
  return {
    name: FRONT,
    modules: [{ type: "ESModule", path: "front.js", contents: FRONT_SOURCE }],
    compatibilityDate: FRONT_COMPATIBILITY_DATE,
    // Lets one Worker send another a cron event.
    compatibilityFlags: ["service_binding_extra_handlers"],
    bindings: { [FRONT_BINDINGS.key]: key },
    serviceBindings: Object.fromEntries(
      deployment.scripts.map(({ name }) => [`${FRONT_BINDINGS.script}${name}`, name]),
    ),
    kvNamespaces: Object.fromEntries(
      deployment.namespaceIds.map((id) => [`${FRONT_BINDINGS.namespace}${id}`, id]),
    ),
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
}

/** What all Workers of a process have in common. */
export interface Surroundings {
  /** Host and port that receive the Workers' subrequests. */
  readonly outbound: string;
  /** Whether they ask there before each KV operation, too. */
  readonly asksBeforeKv: boolean;
  /** Milliseconds by which their clock is ahead. */
  readonly clockSkewMs: number;
}

/** Options of what stands before the namespaces that Workers are bound to. */
export function namespaceGates(scripts: readonly Script[], { outbound, asksBeforeKv }: Surroundings) {
  if (!asksBeforeKv) return [];
  const bound = scripts.flatMap(({ bindings }) =>
    bindings.flatMap((binding) => (binding.type === "kv_namespace" ? [binding.namespaceId] : [])),
  );
  return [...new Set(bound)].map((id) => gateOptions(id, toOutbound(outbound)));
}

function toOutbound(address: string) {
  return { address, http: { style: PROXY_STYLE } };
}

/** Options of one Worker. */
export function scriptOptions(script: Script, { secret, scripts }: Deployment, surroundings: Surroundings) {
  const values: Record<string, Json> = {};
  const namespaces: Record<string, string> = {};
  const services: Record<string, Service> = {};
  const external = toOutbound(surroundings.outbound);
  for (const binding of script.bindings) {
    switch (binding.type) {
      case "kv_namespace":
        namespaces[binding.name] = binding.namespaceId;
        break;
      case "plain_text":
      case "secret_text":
        values[binding.name] = binding.text;
        break;
      case "json":
        values[binding.name] = binding.json;
        break;
      case "secrets_store_secret": {
        const { storeId, secretName } = binding;
        const value = secret(storeId, secretName) ?? null;
        services[binding.name] = {
          name: FRONT,
          entrypoint: SECRET_ENTRYPOINT,
          props: { name: secretName, value },
        };
        break;
      }
      case "service": {
        const { name, service, entrypoint } = binding;
        services[name] = scripts.some((other) => other.name === service)
          ? { name: service, ...(entrypoint !== undefined && { entrypoint }) }
          : { name: FRONT, entrypoint: MISSING_WORKER_ENTRYPOINT, props: { name: service } };
        break;
      }
      default:
        binding satisfies never;
    }
  }
  return {
    name: script.name,
    ...source(script, firstStatements(script.format, Object.keys(namespaces), surroundings)),
    compatibilityDate: script.compatibilityDate,
    compatibilityFlags: [...script.compatibilityFlags],
    bindings: values,
    ...boundTo(namespaces, script.format, surroundings),
    serviceBindings: {
      ...services,
      ...(asksByGlobal(script.format, surroundings) && { [GATE_GLOBAL]: { external } }),
    },
    // Cloudflare keeps the visitor's address on requests to the site's own origin.
    stripCfConnectingIp: false,
    outboundService: { external },
  };
}

function asksByGlobal(format: Script["format"], { asksBeforeKv }: Surroundings): boolean {
  return asksBeforeKv && format === "service-worker";
}

/** What stands before the code of a Worker. */
function firstStatements(
  format: Script["format"],
  namespaces: readonly string[],
  surroundings: Surroundings,
): string {
  const gates = asksByGlobal(format, surroundings) ? gateGlobals(namespaces) : "";
  return setClock(surroundings.clockSkewMs) + gates;
}

function boundTo(
  namespaces: Readonly<Record<string, string>>,
  format: Script["format"],
  { asksBeforeKv }: Surroundings,
) {
  if (!asksBeforeKv || format === "service-worker") return { kvNamespaces: namespaces };
  return {
    wrappedBindings: Object.fromEntries(Object.entries(namespaces).map(([name, id]) => [name, gateOf(id)])),
  };
}

/**
 * A service binding to another Worker, or to a stand-in of the front Worker: for one secret, or for a Worker that was
 * deleted by force.
 */
interface Service {
  readonly name: string;
  readonly entrypoint?: string;
  readonly props?: { readonly name: string; readonly value?: string | null };
}

type Module =
  | { readonly type: "ESModule" | "CommonJS" | "Text"; readonly path: string; readonly contents: string }
  | { readonly type: "Data" | "CompiledWasm"; readonly path: string; readonly contents: Uint8Array };

type Source = { readonly modules: Module[] } | { readonly script: string };

function source({ format, mainModule, content, modules = [] }: Script, first: string): Source {
  const contents = first + content;
  switch (format) {
    case "es-module":
      return { modules: [{ type: "ESModule", path: mainModule, contents }, ...modules.map(toModule)] };
    case "service-worker":
      return { script: contents };
  }
}

/** What a module is by its content type, as Cloudflare's API documents them for an upload. */
function toModule({ name, contentType, base64 }: ScriptModule): Module {
  const bytes = Buffer.from(base64, "base64");
  const type = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (type === "application/wasm") return { type: "CompiledWasm", path: name, contents: bytes };
  const text = { path: name, contents: bytes.toString() };
  switch (type) {
    case "application/javascript+module":
    case "text/javascript+module":
      return { type: "ESModule", ...text };
    case "application/javascript":
    case "text/javascript":
      return { type: "CommonJS", ...text };
    default:
      return type.startsWith("text/")
        ? { type: "Text", ...text }
        : { type: "Data", path: name, contents: bytes };
  }
}
