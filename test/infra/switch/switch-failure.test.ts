import { afterEach, expect, it } from "vitest";
import { SwitchWorld } from "./switch-world.ts";

let world: SwitchWorld;
afterEach(() => world.close());

const bindings = () => world.account.scripts.find(({ name }) => name === "shop")?.bindings;

it("changes the failure mode and nothing else of the Worker, secrets included, and leaves a note", async () => {
  world = await SwitchWorld.start(["shop.example.com/*"]);
  const before = bindings();
  expect(await world.failure("closed")).toMatchObject({ was: "open", changed: true, isNoted: true });
  expect(bindings()).toEqual(
    before?.map((binding) =>
      binding.name === "QUEUEIT_FAILURE_MODE" ? { ...binding, text: "closed" } : binding,
    ),
  );
  expect(await world.notes()).toEqual([expect.stringContaining('"mode":"closed","was":"open"')]);
  expect(await world.failure("open")).toMatchObject({ changed: true, isNoted: false });
  expect(bindings()).toEqual(before);
  expect(await world.notes()).toEqual([]);
});

it("changes nothing where the Worker fails so already", async () => {
  world = await SwitchWorld.start(["shop.example.com/*"]);
  expect(await world.failure("open")).toMatchObject({ changed: false, isNoted: false });
  await world.failure("closed");
  expect(await world.failure("closed")).toMatchObject({ changed: false, isNoted: true });
  expect(await world.notes()).toHaveLength(1);
});

it("finishes when it is run again after Cloudflare refused the Worker's change", async () => {
  world = await SwitchWorld.start(["shop.example.com/*"]);
  world.fault = (method) => (method === "PATCH" ? 403 : undefined);
  await expect(world.failure("closed")).rejects.toMatchObject({ code: "switch-unfinished" });
  world.fault = () => undefined;
  await world.failure("closed");
  expect(bindings()).toContainEqual({ type: "plain_text", name: "QUEUEIT_FAILURE_MODE", text: "closed" });
  await world.failure("open");
  expect(await world.notes()).toEqual([]);
});

it("says which permission a token lacks that may only read Workers", async () => {
  world = await SwitchWorld.start(["shop.example.com/*"]);
  const access = await world.accessWith(
    "Workers Routes Read",
    "Workers KV Storage Write",
    "Workers Scripts Read",
  );
  await expect(world.failure("closed", access)).rejects.toThrow(/403.*Workers Scripts · Edit/s);
});

it("refuses a Worker that does not have the variable", async () => {
  world = await SwitchWorld.start(["shop.example.com/*"]);
  await world.account.changeScript("shop", (script) => ({
    ...(script ?? never()),
    bindings: script?.bindings.filter(({ name }) => name !== "QUEUEIT_FAILURE_MODE") ?? [],
  }));
  await expect(world.failure("closed")).rejects.toMatchObject({ code: "switch-failure-unknown" });
});

function never(): never {
  throw new Error("The account has the Worker.");
}
