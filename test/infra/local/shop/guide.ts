import { specify } from "../../../../infra/specification/specify.ts";
import type { Environment, SiteRoutes } from "../../../../infra/environments/environment.ts";
import staging from "../../../../infra/environments/staging.ts";
import { environmentConfiguration } from "../../../../infra/local/sites/environment-configuration.ts";
import { guideTo } from "../../../../infra/local/sites/guide.ts";
import type { Target } from "../../../../infra/specification/target.ts";
import type { ShopGuide } from "../../../../infra/local/shop/guide.ts";

/** Staging with these sites and some of it changed, as it is specified; its Worker is not built. */
export function shopOf(
  sites: readonly [SiteRoutes, ...SiteRoutes[]],
  change: Partial<Environment> = {},
): Target {
  const zoneId = "fedcba9876543210fedcba9876543210";
  const [first, ...others] = sites;
  const environment: Environment = {
    ...staging,
    coverage: {},
    sites: [{ ...first, zoneId }, ...others.map((site) => ({ ...site, zoneId }))],
    ...change,
  };
  const named = { name: "staging", environment };
  const workerFile = { path: "unused", sha256: "0".repeat(64), format: "es-module" } as const;
  return { named, spec: specify({ named, all: [named], workerFile, readConfiguration: () => "{}" }) };
}

/** What is so once such an environment is deployed, with this integration configuration or the demo's. */
export function guideOf(environment: Target, configuration?: unknown): ShopGuide {
  const { spec } = environment;
  const json = JSON.stringify(configuration ?? environmentConfiguration([environment]));
  return guideTo({
    environments: [environment],
    account: {
      routes: spec.routes.map(({ kind, pattern }) => ({
        id: pattern,
        zoneId: "zone",
        pattern,
        script: kind === "protect" ? spec.worker.name : undefined,
      })),
    },
    configurationOf: () => json,
  });
}

export function guideFor(...sites: readonly [SiteRoutes, ...SiteRoutes[]]): ShopGuide {
  return guideOf(shopOf(sites));
}
