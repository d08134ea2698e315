import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { World } from "../infra/deploy/world.ts";
import { documentedCommands } from "./documented-commands.ts";

const run = promisify(execFile);
const written = documentedCommands()
  .filter(({ page }) => page === "docs/try-a-deploy.md")
  .map(({ text }) => text);

const listed = z.object({ result: z.array(z.object({ id: z.string(), pattern: z.string() })) });

describe("what docs/try-a-deploy.md breaks on the local Cloudflare, with its own commands", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.deploy(world.staging);
  });
  afterAll(() => world.close());

  /** Runs the one command of the page that looks like this, its placeholders filled in. */
  async function shell(like: RegExp, placeholders: Readonly<Record<string, string>> = {}): Promise<string> {
    const [command = "", ...others] = written.filter((text) => like.test(text));
    expect(others).toEqual([]);
    const filled = Object.entries(placeholders).reduce(
      (text, [name, value]) => text.replace(name, value),
      command,
    );
    const env = {
      PATH: `${join(PACKAGE_ROOT, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
      HOME: process.env["HOME"],
      CI: "1",
      ...world.server.variables,
    };
    return (await run("bash", ["-c", filled.replace(/^npx /, "")], { env })).stdout;
  }

  it("a route, found in the list and deleted", async () => {
    const routes = async () =>
      listed.parse(JSON.parse(await shell(/^curl -s -H .*workers\/routes"$/))).result;
    const lost = (await routes()).find(({ pattern }) => pattern === "shop.staging.example.com/*");
    await shell(/-X DELETE/, { "<route id>": lost?.id ?? "" });
    expect((await routes()).map(({ pattern }) => pattern)).not.toContain("shop.staging.example.com/*");
  });

  it("the integration configuration, written over", async () => {
    const [namespace] = world.server.account.namespaces;
    await shell(/wrangler kv key put/, { "<namespace id>": namespace?.id ?? "" });
    const { bytes } = await world.server.account.getValue(namespace?.id ?? "", "info");
    expect(new TextDecoder().decode(bytes)).toBe("{}");
  });
});
