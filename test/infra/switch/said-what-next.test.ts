import { afterEach, expect, it } from "vitest";
import { moduleWorker } from "../local/cloudflare/worker-sources.ts";
import { SwitchWorld } from "./switch-world.ts";

const PAGES = "tickets.example.com/*";

let world: SwitchWorld;
afterEach(() => world.close());

it("says what to do where the Worker behind the connector is gone", async () => {
  world = await SwitchWorld.start([PAGES]);
  await world.account.putScript(
    moduleWorker("", [
      { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId: world.namespaceId },
      { type: "service", name: "QUEUEIT_CHAINED_WORKER", service: "other" },
    ]),
  );
  await world.account.deleteScript("other", true, true);
  await expect(world.off()).rejects.toThrow(
    "The pages go to the Worker other, which is behind the connector. If the account does not have it any more, deploy",
  );
  expect(world.routes).toEqual([`${PAGES} → shop`]);
});

it("sends whoever gave flags to the environment where the Worker has several namespaces of other names", async () => {
  world = await SwitchWorld.start([PAGES]);
  const { namespaceId } = world;
  await world.account.putScript(
    moduleWorker("", [
      { type: "kv_namespace", name: "CONFIG", namespaceId },
      { type: "kv_namespace", name: "CACHE", namespaceId },
    ]),
  );
  await expect(world.off()).rejects.toThrow("name the environment instead of --account");
});

it("sends whoever gave flags to the environment where the failure mode has another name", async () => {
  world = await SwitchWorld.start([PAGES]);
  await world.account.putScript(
    moduleWorker("", [
      { type: "kv_namespace", name: "CONFIG", namespaceId: world.namespaceId },
      { type: "plain_text", name: "FAIL", text: "open" },
    ]),
  );
  await expect(world.failure("closed")).rejects.toThrow("name the environment instead of --account");
});
