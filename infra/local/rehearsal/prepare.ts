import { readFile } from "node:fs/promises";
import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { compileRoutes } from "../../cloudflare/route-table.ts";
import { settled } from "../../environments/definition/settled.ts";
import { UserError } from "../../errors/user-error.ts";
import { actionLookup } from "../../plan/routing.ts";
import type { ConfigurationSpec } from "../../specification/specification.ts";
import { takesPublishCalls } from "../../specification/takes-publish-calls.ts";
import type { Target } from "../../specification/target.ts";
import { ConfigurationDesk } from "../queue-it/configuration-desk.ts";
import { makeLocalSecrets } from "../server/local-secrets.ts";
import { environmentConfiguration } from "../sites/environment-configuration.ts";
import type { Scenario } from "./scenario.ts";
import { type SitePages, sitePagesOf } from "./visitors/site-pages.ts";
import type { WorldOptions } from "./world/world-options.ts";
import { parsedUrl } from "../../url/parsed-url.ts";
import { acceptedConfiguration } from "../../queue-it/accepted-configuration.ts";

/** The whole address of a page that a scenario names; undefined where that is none. */
export function addressOf(page: string, { pages }: Pick<Prepared, "pages">): URL | undefined {
  const base = `https://${pages.hosts[0] ?? ""}`;
  return parsedUrl(page, base);
}

/**
 * The same, once it is known that what the scenario protects can be protected. Visitors open such a page from the
 * beginning, so that it shows when it becomes protected.
 *
 * @throws UserError `rehearsal-page` before anything is started.
 */
export function withProtectedPages(prepared: Prepared, { events }: Scenario): Prepared {
  const { pages, toWorker, target } = prepared;
  const added = events.flatMap((event) => {
    if (event.kind !== "protect") return [];
    const url = addressOf(event.page, prepared);
    if (url !== undefined && pages.hosts.includes(url.hostname) && toWorker(url)) return [url.href];
    throw new UserError(
      "rehearsal-page",
      `The scenario protects ${JSON.stringify(event.page)}, which no route of ${target.named.name} gives to the Worker. ` +
        `Give a path such as "/offer", or a whole address of ${pages.hosts.join(" or ")}. Nothing was started.`,
    );
  });
  const open = [...new Set([...pages.open, ...added])].filter(
    (each) => !pages.queued.some(({ url }) => url === each),
  );
  return { ...prepared, pages: { ...pages, open } };
}

/** How a configuration gets to the Worker. */
export type Delivery =
  | { readonly how: "publish"; readonly url: string }
  | { readonly how: "pull"; readonly cron: string }
  /** Written to KV past the Worker: by a deploy, or because no route takes publish calls. */
  | { readonly how: "put" };

/** An environment, ready to be rehearsed. */
export interface Prepared {
  readonly target: Target;
  readonly world: WorldOptions;
  readonly desk: ConfigurationDesk;
  readonly pages: SitePages;
  readonly delivery: Delivery;
  /** Whether a route gives an address to the Worker. */
  readonly toWorker: (url: URL) => boolean;
  /** Whether an address of a page that queues has no route at all, as one with a query may have with an exact pattern. */
  readonly isHole: (url: URL) => boolean;
  readonly matching: "as-configured" | "normalized";
  readonly requestBodyLimit: number;
  readonly needsEnqueueToken: boolean;
  readonly failsClosed: boolean;
  readonly customerId: string;
  /** Milliseconds in which every isolate has looked for a newer configuration. */
  readonly configurationTtlMs: number;
  /** Whether it is this project's own Worker, which answers status calls. */
  readonly isOurWorker: boolean;
}

/** Isolates of the Worker. Cloudflare has far more; with three, what one of them has not heard of shows. */
const ISOLATES = 3;

export interface PrepareOptions {
  /**
   * Text of the integration configuration.
   * @default what the environment brings along, or one that holds on each of its protected pages
   */
  readonly configuration?: string | undefined;
  /**
   * Text of the bundle, in place of the environment's Worker file.
   * @default the Worker file
   */
  readonly bundle?: string | undefined;
}

/**
 * Makes of an environment what a rehearsal needs: its very Worker, variables and routes, with secrets that are made up.
 *
 * @throws UserError where it cannot be rehearsed, with what is missing.
 */
export async function prepare(target: Target, options: PrepareOptions = {}): Promise<Prepared> {
  const { named, spec } = target;
  const { worker, queueIt, secrets: strategy, failure } = settled(named);
  if (spec.worker.file.format !== "es-module") {
    throw new UserError(
      "rehearsal-format",
      `The Worker file of ${named.name} (${spec.worker.file.path}) is a service worker, whose clock cannot be ` +
        "set: a rehearsal takes modules only. Ask Queue-it for the connector as a module, or try it without a " +
        `rehearsal: npx queueit-cf preview ${named.name}`,
    );
  }
  const desk = deskOf(target, options.configuration);
  const configuration = acceptedConfiguration(desk.json);
  const route = compileRoutes(spec.routes);
  const toWorker = (url: URL): boolean => route(url)?.kind === "protect";
  const pages = sitePagesOf(target, configuration, {
    toWorker,
    actionAt: actionLookup(desk.json, queueIt.matching),
  });
  if (pages.queued.length === 0) {
    throw new UserError(
      "rehearsal-nothing-queues",
      `No page of ${named.name} queues: none of its pages has both a route to the Worker and a queue action of the ` +
        "integration configuration, so there is no waiting room to rehearse. Name pages that are to queue in " +
        "coverage.protected, or give the configuration of the sale with --configuration. What happens to a page " +
        `says: npx queueit-cf routes explain <URL> ${named.name}`,
    );
  }
  const text = options.bundle ?? (await readFile(spec.worker.file.path, "utf8"));
  const queuedPaths = new Set(pages.queued.map(({ url }) => pathOf(new URL(url))));
  const { customerId } = queueIt;
  const secrets = makeLocalSecrets();
  return {
    target,
    desk,
    pages,
    toWorker,
    isHole: (url) => route(url) === undefined && queuedPaths.has(pathOf(url)),
    customerId,
    matching: queueIt.matching,
    requestBodyLimit: queueIt.requestBodyLimit,
    needsEnqueueToken: queueIt.enqueueToken !== undefined,
    failsClosed: failure === "closed",
    configurationTtlMs: queueIt.configurationTtlSeconds * 1000,
    isOurWorker: worker.source === "bundled",
    delivery: deliveryOf(target),
    world: {
      worker: { ...spec.worker, text, sha256: spec.worker.file.sha256 },
      secrets,
      storedAs:
        strategy.strategy === "secrets-store"
          ? Object.fromEntries(
              Object.entries(strategy.names).map(([secret, name]) => [name, secret as keyof typeof secrets]),
            )
          : {},
      hosts: pages.hosts,
      isolates: ISOLATES,
      platform: {
        pullUrl: `https://${customerId}.queue-it.net/status/integrationconfig/secure/`,
        apiKey: secrets.apiKey,
        verifyAction: beginningOf(queueIt.verifyAction?.url),
        directPass: beginningOf(queueIt.directPass?.url),
      },
    },
  };
}

function pathOf({ hostname, pathname }: URL): string {
  return hostname + pathname;
}

/** The first value of the namespace, as a deploy leaves it. */
export function seedOf({ desk, delivery, target }: Prepared): readonly [key: string, value: string] {
  const { configuration } = target.spec;
  const seed = configuration.owner === "file" ? desk.json : configuration.seed;
  return [CONFIGURATION_KEY, delivery.how === "put" ? desk.json : seed];
}

function deskOf(target: Target, given: string | undefined): ConfigurationDesk {
  if (given === undefined) {
    return new ConfigurationDesk(
      broughtAlong(target.spec.configuration) ?? environmentConfiguration([target]),
    );
  }
  try {
    return new ConfigurationDesk(JSON.parse(given));
  } catch (error) {
    throw new UserError(
      "rehearsal-configuration",
      `The integration configuration cannot be rehearsed: ${error instanceof Error ? error.message : String(error)} ` +
        "What is wrong with it, says: npx queueit-cf config validate <file>",
    );
  }
}

function broughtAlong(spec: ConfigurationSpec): IntegrationConfiguration | undefined {
  const configuration = acceptedConfiguration(spec.owner === "file" ? spec.value : spec.seed);
  return (configuration.Integrations ?? []).length > 0 ? configuration : undefined;
}

function deliveryOf({ spec }: Target): Delivery {
  switch (spec.configuration.owner) {
    case "publish":
      return takesPublishCalls(spec) ? { how: "publish", url: spec.publishUrl } : { how: "put" };
    case "pull":
      return { how: "pull", cron: spec.configuration.cron };
    case "file":
      return { how: "put" };
  }
}

/** What all addresses of an endpoint begin with: what comes before the first place to fill. */
function beginningOf(url: string | undefined): string | undefined {
  return url?.split("{", 1)[0];
}
