import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildBundle } from "../../../../infra/bundles/build-bundle.ts";
import { specify } from "../../../../infra/specification/specify.ts";
import type { Environment, NamedEnvironment } from "../../../../infra/environments/environment.ts";
import staging from "../../../../infra/environments/staging.ts";
import type { Target } from "../../../../infra/specification/target.ts";

/** Staging as it ships, with some of it changed. */
export async function stagingWith(change: Partial<Environment> = {}, name = "staging"): Promise<Target> {
  const named: NamedEnvironment = { name, environment: { ...staging, ...change } };
  const workerFile = await buildBundle(await mkdtemp(join(tmpdir(), "test-local-test-")));
  const spec = specify({
    named,
    all: [named],
    workerFile,
    readConfiguration: () => {
      throw new Error("This environment has no file.");
    },
  });
  return { named, spec };
}
