import type { Deployment, Script, ScriptModule } from "../account/model.ts";
import {
  FRONT_BINDINGS,
  FRONT_SOURCE,
  MISSING_WORKER_ENTRYPOINT,
  SECRET_ENTRYPOINT,
} from "./front-worker.ts";

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

/** Options of one Worker. Its subrequests go to `outbound` (host and port). */
export function scriptOptions(script: Script, { secret, scripts }: Deployment, outbound: string) {
  const texts: Record<string, string> = {};
  const namespaces: Record<string, string> = {};
  const services: Record<string, Service> = {};
  for (const binding of script.bindings) {
    switch (binding.type) {
      case "kv_namespace":
        namespaces[binding.name] = binding.namespaceId;
        break;
      case "plain_text":
      case "secret_text":
        texts[binding.name] = binding.text;
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
    ...source(script),
    compatibilityDate: script.compatibilityDate,
    compatibilityFlags: [...script.compatibilityFlags],
    bindings: texts,
    kvNamespaces: namespaces,
    serviceBindings: services,
    // Cloudflare keeps the visitor's address on requests to the site's own origin.
    stripCfConnectingIp: false,
    outboundService: { external: { address: outbound, http: { style: PROXY_STYLE } } },
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
  | { readonly type: "ESModule" | "Text"; readonly path: string; readonly contents: string }
  | { readonly type: "Data" | "CompiledWasm"; readonly path: string; readonly contents: Uint8Array };

type Source = { readonly modules: Module[] } | { readonly script: string };

function source({ format, mainModule, content, modules = [] }: Script): Source {
  switch (format) {
    case "es-module":
      return {
        modules: [{ type: "ESModule", path: mainModule, contents: content }, ...modules.map(toModule)],
      };
    case "service-worker":
      return { script: content };
  }
}

function toModule({ name, contentType, base64 }: ScriptModule): Module {
  const bytes = Buffer.from(base64, "base64");
  if (contentType === "application/wasm") return { type: "CompiledWasm", path: name, contents: bytes };
  if (contentType.startsWith("application/javascript")) {
    return { type: "ESModule", path: name, contents: bytes.toString() };
  }
  return contentType.startsWith("text/")
    ? { type: "Text", path: name, contents: bytes.toString() }
    : { type: "Data", path: name, contents: bytes };
}
