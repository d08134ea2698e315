import { describe, expect, it } from "vitest";
import { deployOrder } from "../../../infra/github/deploy-order.ts";

/** Environments, each with the one that it is promoted from. */
function named(from: Readonly<Record<string, string | undefined>>) {
  return Object.entries(from).map(([name, promotedFrom]) => ({ name, promotedFrom }));
}

const namesOf = (levels: ReturnType<typeof deployOrder>) =>
  levels.map((jobs) => jobs.map(({ environment }) => environment));

const SHOP = named({
  "live-dk": "qa-1",
  "live-no": "qa-1",
  other: undefined,
  "qa-1": "test",
  test: undefined,
});

describe("the order in which environments are deployed", () => {
  it("is that in which they are promoted", () => {
    expect(namesOf(deployOrder(SHOP))).toEqual([["other", "test"], ["qa-1"], ["live-dk", "live-no"], []]);
  });

  it("keeps an environment and those after it", () => {
    expect(namesOf(deployOrder(SHOP, "qa-1"))).toEqual([[], ["qa-1"], ["live-dk", "live-no"], []]);
    expect(namesOf(deployOrder(SHOP, "other"))).toEqual([["other"], [], [], []]);
  });

  it("says where the secret key of the environment before is", () => {
    const [, , live] = deployOrder(SHOP);
    expect(live?.[0]).toEqual({ environment: "live-dk", earlierKey: "QUEUEIT_SECRET_KEY_QA_1" });
  });

  it("has an end in a circle, which every plan then refuses", () => {
    expect(namesOf(deployOrder(named({ a: "b", b: "a" }))).flat()).toEqual(["a", "b"]);
  });

  it("has an end, as the workflow has", () => {
    const long = named({ a: undefined, b: "a", c: "b", d: "c", e: "d" });
    expect(() => deployOrder(long)).toThrow("a, then b, then c, then d, then e is a chain of 5");
  });
});
