import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { configurationRemedy } from "../../../infra/specification/configuration-remedy.ts";
import { World } from "../deploy/world.ts";

let world: World;
let bundle: string;
/** What Queue-it published. */
let published: string;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
  bundle = world.staging.spec.worker.file.sha256;
  published = await world.kv.read();
});
afterEach(() => world.kv.write(published));
afterAll(() => world.close());

/** The check of KV, whatever the Worker has in its memory. */
async function stored() {
  const found = (await world.verify(world.staging, bundle)).filter(
    ({ name }) => name === "integration configuration in KV",
  );
  expect(found).toHaveLength(1);
  return found[0];
}

interface Written {
  Version: number;
  Integrations: { Name: string; EventId: string; VerifyQueueIdEnabled?: boolean }[];
}

async function edit(change: (configuration: Written) => void): Promise<void> {
  const configuration = JSON.parse(published) as Written;
  change(configuration);
  await world.kv.write(JSON.stringify(configuration));
}

describe("what KV holds, by the account's own word", () => {
  it("is what the Worker runs, where nobody touched it", async () => {
    expect(await stored()).toMatchObject({
      outcome: "passed",
      detail: expect.stringMatching(
        /^version 1 with \d+ actions, the same as the Worker runs \(compared at 2 pages\)/,
      ),
    });
  });

  it.each([
    ["no JSON", "{", "KV holds a text that is not JSON"],
    [
      "a configuration that the Worker refuses",
      '{"Version":1,"Integrations":[{}]}',
      "Integrations[0].ActionType",
    ],
    [
      "another version",
      '{"Version":7,"Integrations":[]}',
      "KV has version 7 with 0 actions, and the Worker at",
    ],
  ])(
    "is told where somebody wrote %s, although the Worker still runs the old one",
    async (_what, text, told) => {
      await world.kv.write(text);
      expect(await stored()).toMatchObject({
        outcome: "failed",
        detail: expect.stringContaining(told),
        remedy: expect.stringContaining(configurationRemedy(world.staging.spec)),
      });
    },
  );

  it("is told where only a waiting room differs, and version and number of actions do not", async () => {
    await edit(({ Integrations: actions }) => {
      const tickets = actions.find(({ Name: name }) => name === "Ticket pages");
      if (tickets !== undefined) tickets.EventId = "elsewhere";
    });
    expect(await stored()).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("another one of the same version"),
    });
  });

  it("is told where an action of a page differs that nobody asks for", async () => {
    await edit(({ Integrations: actions }) => {
      const other = actions.find(({ Name: name }) => name !== "Ticket pages");
      if (other !== undefined) other.Name = "renamed";
    });
    expect(await stored()).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("runs another one of the same version"),
    });
  });

  it("is told where an action wants what the Worker has no address for", async () => {
    await edit(({ Integrations: actions }) => {
      for (const action of actions)
        Object.assign(action, { VerifyQueueIdEnabled: true, QueueIdUsageLimit: 1 });
    });
    expect(await stored()).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("VerifyQueueIdEnabled"),
    });
  });

  it("is told where the value is gone", async () => {
    await world.kv.remove();
    expect(await stored()).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("no value under info"),
    });
  });

  it("is told where the namespace has another name", async () => {
    const { staging } = world;
    const spec = { ...staging.spec, namespace: { title: "renamed" } };
    const checks = await world.verify({ ...staging, spec }, bundle);
    expect(checks.at(-1)).toMatchObject({
      outcome: "failed",
      detail: expect.stringContaining("no KV namespace renamed"),
    });
  });

  it("is not known to a token that may not read it, and that is not green", async () => {
    const { staging } = world;
    const checks = await world.verify(staging, bundle, { ...world.account, token: "fake-other-token" });
    expect(checks.at(-1)).toMatchObject({
      outcome: "skipped",
      detail: expect.stringContaining("Cloudflare answered"),
    });
    expect(JSON.stringify(checks)).not.toContain("fake-other-token");
  });
});
