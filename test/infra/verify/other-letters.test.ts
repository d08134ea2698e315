import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { specify } from "../../../infra/specification/specify.ts";
import { requireValid } from "../../../infra/environments/definition/report.ts";
import { validateEnvironments } from "../../../infra/environments/definition/validation.ts";
import type { Environment } from "../../../infra/environments/environment.ts";
import production from "../../../infra/environments/production.ts";
import staging from "../../../infra/environments/staging.ts";
import { findTriedPage } from "../../../infra/local/preview/find-tried-page.ts";
import { World } from "../deploy/world.ts";

const ZONE_ID = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const ASCII = "shop.xn--zajzyk-y4a.pl";

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Staging with its site written in this way, deployed to a local Cloudflare. */
async function deployed(site: Environment["sites"][0]): Promise<World> {
  const { hostname } = site;
  const written: Environment = {
    ...staging,
    sites: [{ ...site, bypass: ["/static/*", `${hostname}/favicon.ico*`] }],
    coverage: { protected: [`https://${hostname}/tickets`] },
  };
  const files = [
    { name: "production", environment: production },
    { name: "staging", environment: written },
  ];
  const environments = requireValid(
    files,
    validateEnvironments(files, () => undefined),
  );
  const workerFile = await buildBundle(await mkdtemp(join(tmpdir(), "test-letters-")));
  const targets = environments.map((named) => ({
    named,
    spec: specify({ named, all: environments, workerFile, readConfiguration: () => "{}" }),
  }));
  world = await World.start({}, targets);
  await world.deploy(world.staging);
  return world;
}

describe.each<[string, Environment["sites"][0]]>([
  ["in its own letters", { zoneId: ZONE_ID, hostname: "shop.zajęzyk.pl" }],
  ["in punycode, its zone in letters", { zoneName: "zajęzyk.pl", hostname: ASCII }],
  ["in wide letters", { zoneName: "ｚａｊęｚｙｋ.pl", hostname: "ｓhop。zajęzyk。pl" }],
])("a hostname outside ASCII, written %s,", (_how, site) => {
  it("is verified like any other, and nothing is skipped", async () => {
    const { staging: target, server } = await deployed(site);
    const checks = (await world?.verify(target, target.spec.worker.file.sha256)) ?? [];
    expect(checks.map(({ outcome }) => outcome)).toEqual(Array(8).fill("passed"));
    expect(checks.map(({ name }) => name)).toContain(`bundle and integration configuration at ${ASCII}`);

    const page = await findTriedPage({
      hostnames: target.named.environment.sites.map(({ hostname }) => hostname),
      routes: target.spec.routes,
      matching: "as-configured",
      configuration: JSON.parse(server.queueIts[0]?.getConfiguration() ?? "{}") as never,
      localUrl: server.localUrl,
    });
    expect(page.pageUrl).toBe(`https://${ASCII}/tickets`);
    expect(server.localUrl(page.pageUrl)).toMatch(new RegExp(`^http://${ASCII}[.]localhost:[0-9]+/tickets$`));
  });
});
