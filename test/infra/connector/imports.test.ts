import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { synthesize } from "../../../infra/connector/synthesize.ts";
import { SPEC } from "../specification/specs.ts";
import { importsOf } from "../../../infra/connector/imports.ts";

const ZONE = "fedcba9876543210fedcba9876543210";

function blocks() {
  const routes = new Map(
    SPEC.routes.map(({ pattern }, index) => [pattern, { id: `r${index}`, zoneId: ZONE }]),
  );
  return importsOf(SPEC, { namespaceId: "n1", hasConfiguration: true, hasWorker: true, routes });
}

describe("imports", () => {
  it("name every resource of the stack, by its address there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "test-imports-"));
    const output = synthesize([SPEC], { projectRoot: folder, outputFolder: join(folder, "out") });
    const json = JSON.parse(
      await readFile(join(output, "stacks", SPEC.environment, "cdk.tf.json"), "utf8"),
    ) as { readonly resource: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    const addresses = Object.entries(json.resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    expect(
      blocks()
        .map(({ to }) => to)
        .sort(),
    ).toEqual(addresses.sort());
  });

  it("have ids in the forms the provider documents", () => {
    const { accountId, worker } = SPEC;
    expect(blocks().map(({ id }) => id)).toEqual([
      `${accountId}/n1`,
      `${accountId}/n1/info`,
      `${accountId}/${worker.name}`,
      ...SPEC.routes.map((_route, index) => `${ZONE}/r${index}`),
    ]);
  });

  it("leave out what does not exist", () => {
    const nothing = { namespaceId: undefined, hasConfiguration: false, hasWorker: false, routes: new Map() };
    expect(importsOf(SPEC, nothing)).toEqual([]);
    expect(importsOf(SPEC, { ...nothing, namespaceId: "n1" })).toHaveLength(1);
  });
});
