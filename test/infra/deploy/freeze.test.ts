import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireNoFreeze } from "../../../infra/deploy/freeze.ts";
import type { Target } from "../../../infra/specification/target.ts";
import { World } from "./world.ts";

const [FROM, UNTIL] = ["2026-11-27T00:00+01:00", "2026-11-28T00:00+01:00"];
const START = Date.UTC(2026, 10, 26, 23);
const DAY = 86_400_000;

describe("in a freeze", () => {
  let world: World;
  let target: Target;
  beforeAll(async () => {
    world = await World.start();
    const { named } = world.staging;
    const freeze = [{ from: FROM, until: UNTIL, why: "Black \u001b[31mFriday" }];
    target = { ...world.staging, named: { ...named, environment: { ...named.environment, freeze } } };
  });
  afterAll(() => world.close());

  const at = (now: number | undefined, despite?: string) => {
    const said: string[] = [];
    requireNoFreeze(target, now, despite, { progress: (line) => void said.push(line) });
    return said;
  };

  it.for([
    ["its first moment", START],
    ["its last", START + DAY - 1],
  ] as const)("everything is refused in %s, with the reason and what to do", ([, now]) => {
    expect(() => at(now)).toThrow(
      /until 2026-11-28T00:00\+01:00: Black .*Friday\. Nothing was changed.*--despite-freeze/,
    );
  });

  it.for([
    ["the moment before", START - 1],
    ["the moment when it is over", START + DAY],
    ["an unknown moment", undefined],
  ] as const)("nothing is refused in %s", ([, now]) => {
    expect(at(now)).toEqual([]);
  });

  it("it is done for somebody who says why, and that is told", () => {
    expect(at(START, "the checkout is broken")).toEqual([
      expect.stringContaining("because: the checkout is broken"),
    ]);
  });

  it("puts nothing into the terminal that the reason had hidden in it", () => {
    expect(at(START, "now").join("")).not.toContain("\u001b");
  });

  it("a deploy stops before anything is changed, its report shown, and a rollback's word lets it go on", async () => {
    const { staging } = world;
    const approval = { reviewed: undefined, yes: true };
    await expect(world.deploy(target, { approval, extras: { now: START } })).rejects.toMatchObject({
      code: "frozen",
    });
    expect(world.review?.risks[0]?.rule).toBe("frozen");
    expect(world.server.account.scripts).toEqual([]);
    const despiteFreeze = "it cannot wait";
    expect(
      await world.deploy(target, { approval: { ...approval, despiteFreeze }, extras: { now: START } }),
    ).toMatchObject({ changed: true });
    expect(staging.spec.worker.name).toBe(world.server.account.scripts[0]?.name);
  });
});
