import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { World } from "../deploy/world.ts";
import { type Ran, runIn } from "./cli.ts";

let world: World;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
});
afterAll(() => world.close());

const variables = () => ({ ...world.server.variables, PATH: process.env["PATH"], GITHUB_ACTOR: "ada" });
const run = (...args: readonly string[]): Promise<Ran> => runIn(variables(), ...args);
const off = (...args: readonly string[]) =>
  run("switch", "off", "staging", "--yes", "staging", "--reason", "the login loops", ...args);
const on = (...args: readonly string[]) => run("switch", "on", "staging", "--yes", "staging", ...args);

const PAGE = "https://shop.staging.example.com/tickets";
const isProtected = async () => (await world.reach.get(PAGE)).headers.get("x-queueit-connector") !== null;

describe("queueit-cf switch", () => {
  it("takes the connector off and puts it back with the same routes, proved by real requests", async () => {
    const before = world.server.account.routes;
    const { code, stdout } = await off();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/Proved by real requests .*Done in [0-9.]+ s/s),
    ]);
    expect(await isProtected()).toBe(false);
    const status = await run("switch", "status", "staging");
    expect([status.code, status.stdout]).toEqual([
      2,
      expect.stringMatching(/switched off since .* by ada \(GitHub\).* because: the login loops/),
    ]);
    expect((await on()).code).toBe(0);
    expect(await isProtected()).toBe(true);
    expect(world.server.account.routes).toEqual(before);
    expect((await run("switch", "status", "staging")).code).toBe(0);
  });
});
