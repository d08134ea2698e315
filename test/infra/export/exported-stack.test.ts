import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportedStack } from "../../../infra/export/exported-stack.ts";
import { holdPlan } from "../../../infra/local/terraform/held-plan.ts";
import type { OpenedStack } from "../../../infra/local/terraform/opened-stack.ts";
import { readStack } from "../../../infra/local/terraform/read-stack.ts";
import { NOTHING_DEPLOYED, type State } from "../../../infra/local/terraform/state.ts";
import { readSynthesized } from "../../../infra/local/terraform/synthesized.ts";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import { runs } from "../../support/runs.ts";
import { synthesized } from "../connector/synthesized.ts";
import {
  FIRST_SECRET,
  PRODUCTION,
  STAGING,
  actionsOf,
  bindings,
  withWorker,
  world,
} from "../local/terraform/world.ts";

const FOLDERS = { from: "/project/cdktf.out/stacks/staging", to: "/elsewhere/exported/staging" };

/** All files of an export as one configuration, as Terraform reads a folder. */
function exported(spec: ConnectorSpec, json: unknown = synthesized(spec)) {
  const { files } = exportedStack(json, spec, FOLDERS);
  const { terraform, ...main } = files["main.tf"] as Readonly<Record<string, object>>;
  const others = ["variables.tf", "outputs.tf"].map((name) => files[name] as object);
  const { backend } = (files["backend.tf"] as { terraform: Readonly<Record<string, unknown>> }).terraform;
  const configuration = Object.assign({ terraform, ...main }, ...others) as {
    readonly variable: Readonly<Record<string, { readonly default?: unknown }>>;
    readonly data?: unknown;
  };
  return { configuration, backend };
}

/** What a plan of the exported environment would change, after the environment itself was deployed. */
async function changesAfterDeploy(spec: ConnectorSpec): Promise<readonly string[]> {
  const { account } = world();
  let state: State = NOTHING_DEPLOYED;
  const stack = await readSynthesized(spec, { projectRoot: "/project" });
  const open = (json: unknown): OpenedStack => ({
    stack: readStack(json, { queueit_secret_key: FIRST_SECRET }),
    readFile: stack.readFile,
    account,
    held: () => state,
    keep: (next) => (state = next),
    remoteState: () => undefined,
    interfere: undefined,
    afterApply: undefined,
  });
  expect(await (await holdPlan("apply", open(stack.json))).apply()).toMatchObject({ ok: true });
  const json: object = exported(spec, stack.json).configuration;
  // The planner has no functions: what the real Terraform makes of it is tried beside this.
  return actionsOf(
    await holdPlan("apply", open({ ...json, locals: { bundle_sha256: spec.worker.file.sha256 } })),
  );
}

describe("an exported environment", () => {
  it("plans no change on the environment's state", async () => {
    expect(await changesAfterDeploy(STAGING)).toEqual([]);
  });

  it("plans no change whatever its texts are", async () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("${var.x}", "%{if}", "$${", "%%{a}", '"'),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (customerId) => {
        const spec = withWorker(STAGING, { bindings: bindings(customerId) });
        expect(await changesAfterDeploy(spec)).toEqual([]);
      }),
      { numRuns: runs(6, 25) },
    );
  });

  it("has a variable for the account, the zone and each setting, with the environment's value", () => {
    const { variable } = exported(STAGING).configuration;
    expect(Object.keys(variable)).toEqual([
      "account_id",
      "zone_id",
      "queueit_customer_id",
      "queueit_secret_key",
    ]);
    expect(variable["queueit_customer_id"]?.default).toBe("acme");
  });

  it("leaves a setting in its place whose variable would have the name of another", () => {
    const spec = withWorker(STAGING, {
      bindings: [{ type: "plain_text", name: "ACCOUNT_ID", text: "mine" }],
    });
    expect(JSON.stringify(exported(spec))).toContain('"text":"mine"');
  });

  it("finds local states from its own folder", () => {
    const { backend, configuration } = exported(PRODUCTION);
    expect(backend).toEqual({ local: { path: "../../../project/terraform.staging.tfstate" } });
    expect(JSON.stringify(configuration.data)).toContain(
      '"path":"../../../project/terraform.staging.tfstate"',
    );
  });

  it("keeps nothing of CDKTF", () => {
    expect(JSON.stringify(exported(PRODUCTION))).not.toMatch(/cdktf|"\/\/"|uniqueId/i);
  });
});
