import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { LocalAccount } from "../../infra/local/cloudflare/account/account.ts";
import { holdPlan } from "../../infra/local/terraform/held-plan.ts";
import type { OpenedStack } from "../../infra/local/terraform/opened-stack.ts";
import { readStack } from "../../infra/local/terraform/read-stack.ts";
import { NOTHING_DEPLOYED } from "../../infra/local/terraform/state.ts";
import { ACCOUNT_ID } from "../infra/local/cloudflare/worker-sources.ts";
import { block, installed, runShell, WORKER } from "./terraform-page.ts";

const ZONE = { id: "f".repeat(32), name: "shop.example" };

/** What Terraform would read, with each block as an object and functions worked out. */
async function configuration(): Promise<unknown> {
  const require = createRequire(import.meta.url);
  // It comes with the CDKTF CLI, and is not a dependency of its own.
  const { parse } = createRequire(require.resolve("cdktf-cli/package.json"))("@cdktf/hcl2json") as {
    readonly parse: (name: string, hcl: string) => Promise<unknown>;
  };
  const sha256 = createHash("sha256").update(WORKER).digest("hex");
  const json = JSON.stringify(await parse("main.tf", block("hcl"))).replace(
    '${filesha256(\\"worker.mjs\\")}',
    sha256,
  );
  const named = z.record(
    z.string(),
    z.tuple([z.record(z.string(), z.unknown())]).transform(([body]) => body),
  );
  const schema = z.object({ variable: named, resource: z.record(z.string(), named), terraform: z.unknown() });
  const { variable, resource, terraform } = schema.parse(JSON.parse(json));
  const untyped = Object.fromEntries(Object.keys(variable).map((name) => [name, {}]));
  return { variable: untyped, resource, terraform };
}

describe("the Terraform of docs/testing-terraform-for-workers.md", () => {
  it("is planned and applied by Terraform's rules, and a second plan of it is empty", async () => {
    const account = new LocalAccount(ACCOUNT_ID);
    account.addZone(ZONE);
    const variables = { account_id: account.id, zone_id: ZONE.id };
    let held = NOTHING_DEPLOYED;
    const opened: OpenedStack = {
      stack: readStack(await configuration(), variables),
      readFile: () => Promise.resolve(Buffer.from(WORKER)),
      account,
      held: () => held,
      keep: (state) => (held = state),
      remoteState: () => undefined,
      interfere: undefined,
      afterApply: undefined,
    };
    const plan = await holdPlan("apply", opened);
    expect(plan.failure).toBeUndefined();
    expect(actionsOf(plan.json)).toEqual(["create", "create", "create"]);
    expect(await plan.apply()).toMatchObject({ ok: true });
    expect(shown(account)).toEqual(EXPECTED);
    expect(actionsOf((await holdPlan("apply", opened)).json)).toEqual(["no-op", "no-op", "no-op"]);
  });

  it("asks for the provider that this project uses", () => {
    const { version } = z
      .object({ version: z.string() })
      .parse(JSON.parse(readFileSync(join(PACKAGE_ROOT, "test/fixtures/provider-schema.json"), "utf8")));
    expect(block("hcl")).toContain(`version = "${version}"`);
  });
});

const EXPECTED = {
  namespaces: ["counts"],
  workers: [{ name: "counter", bindings: ["COUNTS kv_namespace", "WORD plain_text"] }],
  routes: ["shop.example/* counter"],
};

function actionsOf(json: string): readonly string[] {
  const changes = z.array(z.object({ change: z.object({ actions: z.array(z.string()) }) }));
  return z
    .object({ resource_changes: changes })
    .parse(JSON.parse(json))
    .resource_changes.flatMap(({ change }) => change.actions);
}

function shown({ namespaces, scripts, routes }: Pick<LocalAccount, "namespaces" | "scripts" | "routes">) {
  return {
    namespaces: namespaces.map(({ title }) => title),
    workers: scripts.map(({ name, bindings }) => ({
      name,
      bindings: bindings.map((binding) => `${binding.name} ${binding.type}`),
    })),
    routes: routes.map(({ pattern, script }) => `${pattern} ${script ?? ""}`),
  };
}

describe("the shell of docs/testing-terraform-for-workers.md", () => {
  it("goes from an empty folder to a Worker, a snapshot, a reset and back, as it is written", async () => {
    const folder = await installed();
    const written = `curl --silent -H "$auth" "$account/workers/scripts/counter/settings" > settings.json
      curl --silent -H "$auth" "$CLOUDFLARE_BASE_URL/zones/$CLOUDFLARE_ZONE_ID/workers/routes" > routes.json
      curl --silent -H "$auth" "$account/storage/kv/namespaces" > namespaces.json`;
    const { code, output } = await runShell(
      folder,
      [block("sh", "start"), block("sh", "deploy"), written, block("sh", "snapshots")].join("\n"),
    );
    expect(output).not.toContain('"success":false');
    expect(code).toBe(0);
    const read = async (name: string) =>
      (JSON.parse(await readFile(join(folder, name), "utf8")) as { readonly result: unknown }).result;
    const [settings, routes, namespaces] = await Promise.all(
      ["settings.json", "routes.json", "namespaces.json"].map(read),
    );
    // The same as what Terraform makes of the HCL.
    expect(namespaces).toMatchObject(EXPECTED.namespaces.map((title) => ({ title })));
    expect(routes).toMatchObject([{ pattern: "shop.example/*", script: "counter" }]);
    expect(settings).toMatchObject({
      bindings: [
        { name: "COUNTS", type: "kv_namespace" },
        { name: "WORD", type: "plain_text" },
      ],
    });
  });
});
