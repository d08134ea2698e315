import { describe, expect, it } from "vitest";
import type { DeployedBinding } from "../../../infra/account/deployed-worker.ts";
import { chainedSource, chainFindings, chainOf } from "../../../infra/adopt/chained-worker.ts";
import { calledProblem } from "../../../infra/adopt/worker-names.ts";

const service = (name: string, more: Partial<DeployedBinding> = {}): DeployedBinding => ({
  type: "service",
  name,
  service: "shop-frontend",
  text: undefined,
  namespaceId: undefined,
  storeId: undefined,
  secretName: undefined,
  ...more,
});

const OURS = service("QUEUEIT_CHAINED_WORKER");
const THEIRS = service("FRONTEND");
const called = new Map([["QUEUEIT_CHAINED_WORKER", "FRONTEND"]]);

function levels(
  bindings: readonly DeployedBinding[],
  names?: ReadonlyMap<string, string>,
): readonly string[] {
  return chainFindings({ name: "queueit" }, chainOf({ bindings }, names)).map(({ level }) => level);
}

describe("a connector that calls another Worker", () => {
  it("is described by worker.then where the binding has this project's name", () => {
    expect(chainedSource(chainOf({ bindings: [OURS] }))).toEqual({
      source: "bundled",
      then: { service: "shop-frontend" },
    });
    expect(levels([OURS])).toEqual(["note"]);
  });

  it("stops where nobody can tell what a binding is for, and goes on once somebody told", () => {
    expect(chainedSource(chainOf({ bindings: [THEIRS] }))).toBeUndefined();
    expect(levels([THEIRS])).toEqual(["stop"]);
    expect(chainFindings({ name: "queueit" }, chainOf({ bindings: [THEIRS] }))[0]?.remedy).toContain(
      "--called QUEUEIT_CHAINED_WORKER=FRONTEND",
    );
    expect(chainedSource(chainOf({ bindings: [THEIRS] }, called))).toMatchObject({
      then: { service: "shop-frontend" },
    });
    expect(levels([THEIRS], called)).toEqual(["note"]);
  });

  it("stops where an entry point is called, which Terraform's provider cannot bind", () => {
    expect(levels([service("QUEUEIT_CHAINED_WORKER", { entrypoint: "Checkout" })])).toEqual(["stop"]);
  });

  it("is asked about by a name that the Worker has", () => {
    expect(calledProblem(called, [THEIRS])).toBeUndefined();
    expect(calledProblem(called, [OURS])).toEqual({ given: "FRONTEND", known: ["QUEUEIT_CHAINED_WORKER"] });
  });
});
