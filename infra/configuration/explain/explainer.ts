import type {
  Action,
  IntegrationConfiguration,
} from "../../../worker/configuration/integration-configuration.ts";
import { readSettings, type Settings } from "../../../worker/deployment/settings.ts";
import { SECRETS } from "../../../worker/deployment/variables.ts";
import { createSigner } from "../../../worker/encoding/hmac.ts";
import { CompiledConfiguration } from "../../../worker/isolate/compiled.ts";
import type { Connector } from "../../../worker/isolate/connector.ts";
import { ConfigurationStore } from "../../../worker/isolate/store.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import type { Route } from "../../plan/routing.ts";
import { bindingsOf } from "../../specification/bindings.ts";
import { routesOf } from "../../specification/routes-of.ts";

/** An environment's Worker as an explanation runs it. */
export interface Explainer {
  readonly environment: string;
  readonly routes: readonly Route[];
  readonly compiled: CompiledConfiguration;
  readonly connector: Connector;
  /** Whether tokens and session cookies can be checked. */
  readonly knowsKey: boolean;
  /** The Worker's settings, endpoints included, which an explanation never asks. */
  readonly settings: Settings;
  /** Whether an action counts the uses of a queue id, which an explanation leaves out. */
  readonly countsUses: (action: Action) => boolean;
  /** File of the site's own hooks, which an explanation does not run; undefined where there are none. */
  readonly hooks: string | undefined;
  /** The Worker that answers what passes; undefined for the origin. */
  readonly chained: string | undefined;
  /** Whether the environment runs another Worker than this project's. */
  readonly isFromElsewhere: boolean;
}

export interface ExplainerOptions {
  readonly named: NamedEnvironment;
  readonly configuration: IntegrationConfiguration;
  /** Undefined: tokens and session cookies are not checked. */
  readonly secretKey: string | undefined;
}

/** Signs nothing that any site accepts. */
const NO_KEY = "no secret key was given";

/**
 * Prepares the Worker of an environment with an integration configuration, in this process and without its endpoints: an
 * explanation must not count a use of a queue id, nor let anybody pass. They are taken to agree, or to be silent.
 */
export async function explainerOf({ named, configuration, secretKey }: ExplainerOptions): Promise<Explainer> {
  const environment = settled(named);
  const bindings = bindingsOf({ ...environment, worker: { source: "bundled" } }, NO_FILE);
  const variables = bindings.flatMap(({ name, ...binding }) =>
    binding.type === "plain_text" ? [[name, binding.text] as const] : [],
  );
  const env = {
    ...Object.fromEntries(variables),
    [SECRETS.secretKey]: secretKey ?? NO_KEY,
    ...(environment.queueIt.verifyAction !== undefined && { [SECRETS.apiKey]: NO_KEY }),
  };
  const { settings } = await readSettings(env);
  const { compiled, countsUses } = compiledOf(configuration);
  const store = new ConfigurationStore({
    namespace: { get: () => Promise.resolve(null), put: () => Promise.resolve() },
    ttlMs: Number.MAX_SAFE_INTEGER,
    acceptsOlder: true,
    copy: { read: () => Promise.resolve(undefined), save: () => Promise.resolve() },
  });
  store.adopt(compiled);
  return {
    environment: named.name,
    routes: environment.sites.flatMap(routesOf),
    compiled,
    connector: {
      // Node's Web Crypto has no MD5, which an enqueue token needs, and each one is made anew anyway.
      settings: { ...settings, verifyActionUrl: undefined, directPass: undefined, enqueueToken: undefined },
      sign: createSigner(settings.secretKey),
      configuration: store,
    },
    knowsKey: secretKey !== undefined,
    settings,
    countsUses,
    hooks: environment.worker.source === "bundled" ? environment.worker.hooks : undefined,
    chained: environment.worker.source === "bundled" ? environment.worker.then?.service : undefined,
    isFromElsewhere: environment.worker.source === "file",
  };
}

const NO_FILE = { path: "", sha256: "", format: "es-module" } as const;

/** Without counting the uses of queue ids: a use within the limit changes nothing. */
function compiledOf(configuration: IntegrationConfiguration): Pick<Explainer, "compiled" | "countsUses"> {
  const counting = new Set<Action>();
  const actions = configuration.Integrations?.map((action) => {
    const uncounted = { ...action, VerifyQueueIdEnabled: false };
    if (action.VerifyQueueIdEnabled === true) counting.add(uncounted);
    return uncounted;
  });
  const uncounted = { ...configuration, Integrations: actions ?? [] };
  return {
    compiled: new CompiledConfiguration(uncounted, JSON.stringify(uncounted)),
    countsUses: (action) => counting.has(action),
  };
}
