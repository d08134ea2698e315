import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import { emptyAccount } from "../infra/local/cloudflare/api/earlier-account.ts";
import { readTraffic } from "../infra/local/cloudflare/api/recorded-traffic.ts";
import { planPath, RECORDED, RECORDED_SECRETS, recordedPlan } from "../infra/plan/plans.ts";
import { type Exchange, planText, requireClean, schemaText, trafficText } from "./fixture-text.ts";
import { cloudflareStack } from "./recorded-stack.ts";
import { type RecordingApi, startRecordingApi } from "./recording-api.ts";
import { NAMES, record } from "./record.ts";
import { FIRST_SECRET, RECORDINGS, SECOND_SECRET } from "./recordings.ts";
import { hasTerraform, TERRAFORM } from "../support/terraform.ts";

const fixture = (path: string) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), "utf8");

describe("the recorder", () => {
  it("makes every plan that the tests read, with the secrets that they look for", () => {
    expect([...NAMES].sort()).toEqual([...RECORDED].sort());
    expect([FIRST_SECRET, SECOND_SECRET]).toEqual(RECORDED_SECRETS);
  });

  it("writes the stack that the plans were made of", () => {
    const [first] = RECORDINGS;
    if (first === undefined) throw new Error("There is no recording.");
    const place = {
      accountId: "0123456789abcdef0123456789abcdef",
      zoneId: "fedcba9876543210fedcba9876543210",
    };
    const stack = cloudflareStack(first.after.stack, place, "5.14.0") as {
      resource: Record<string, Record<string, Record<string, unknown>>>;
    };
    const { configuration } = JSON.parse(recordedPlan("create")) as {
      configuration: {
        root_module: { resources: { type: string; name: string; expressions: Record<string, unknown> }[] };
      };
    };
    for (const { type, name, expressions } of configuration.root_module.resources) {
      const attributes = Object.keys(stack.resource[type]?.[name] ?? {}).filter((key) => key !== "lifecycle");
      expect(attributes.sort(), `${type}.${name}`).toEqual(Object.keys(expressions).sort());
    }
    expect(configuration.root_module.resources).toHaveLength(
      Object.values(stack.resource).flatMap(Object.keys).length,
    );
  });

  it.skipIf(!hasTerraform)("makes the plan that stops at a condition as it was recorded", async () => {
    const written = await recorded(["condition-failed"]);
    const withoutTime = (text = "") => text.replace(/^ "timestamp": .*$/m, "");
    expect(withoutTime(written.get("plans/condition-failed.json"))).toBe(
      withoutTime(readFileSync(planPath("condition-failed.json"), "utf8")),
    );
  });

  it.skipIf(!hasTerraform)("plans the change of a recording alone, on what was applied before", async () => {
    const written = await recorded(["secret-rotated"]);
    const plan = JSON.parse(written.get("plans/secret-rotated.json") ?? "") as {
      variables: unknown;
      resource_changes: { address: string; change: { actions: string[] } }[];
    };
    expect(plan.variables).toEqual({ queueit_secret_key: { value: SECOND_SECRET } });
    const changed = plan.resource_changes.filter(({ change }) => change.actions[0] !== "no-op");
    expect(changed.map(({ address, change }) => [address, change.actions])).toEqual([
      ["terraform_data.worker", ["update"]],
    ]);
    expect(written.get("provider-schema.json")).toContain('"terraform_data"');
  });
});

async function recorded(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const written = new Map<string, string>();
  await record({
    binary: TERRAFORM,
    objects: "built-in",
    inherited: process.env,
    names,
    write: (path, text) => {
      written.set(path, text);
      return Promise.resolve();
    },
  });
  return written;
}

describe("a recorded call", () => {
  const TOKEN = "local-only-token-of-a-test";
  let api: RecordingApi | undefined;
  afterEach(() => api?.close());

  it("is kept as the fixtures are, with its answer and without its token", async () => {
    api = await startRecordingApi(emptyAccount(), TOKEN);
    const [first] = readTraffic("create");
    if (first === undefined) throw new Error("The recording is empty.");
    const { method, path, body, contentType } = first.request;
    const response = await fetch(`${api.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": contentType ?? "" },
      body: body ?? null,
    });
    const [exchange] = api.take();
    expect(exchange).toEqual({
      request: first.request,
      response: { status: response.status, body: await response.text() },
    });
    expect(trafficText(exchange === undefined ? [] : [exchange])).not.toContain(TOKEN);
    expect(api.take()).toEqual([]);
  });
});

describe("the text of a fixture", () => {
  it.each(RECORDED)("of the plan %s is what the recorder writes", (name) => {
    expect(planText(recordedPlan(name))).toBe(recordedPlan(name));
  });

  it("of traffic is what the recorder writes", () => {
    const lines = fixture("traffic/secret-rotated.jsonl").trim().split("\n");
    expect(trafficText(lines.map((line) => JSON.parse(line) as Exchange))).toBe(`${lines.join("\n")}\n`);
  });

  it("of the provider's schema is what the recorder cuts out of all that Terraform says", () => {
    const kept = fixture("provider-schema.json");
    const schema = JSON.parse(kept) as {
      provider: string;
      version: string;
      provider_schema: unknown;
      resource_schemas: Record<string, unknown>;
      data_source_schemas: Record<string, unknown>;
    };
    const said = {
      provider: schema.provider_schema,
      resource_schemas: { cloudflare_other: {}, ...schema.resource_schemas },
      data_source_schemas: schema.data_source_schemas,
    };
    const cut = (resources: readonly string[]) =>
      schemaText(
        JSON.stringify({ provider_schemas: { [schema.provider]: said } }),
        schema.provider,
        schema.version,
        {
          resources,
          dataSources: Object.keys(schema.data_source_schemas),
        },
      );
    expect(cut(Object.keys(schema.resource_schemas))).toBe(kept);
    expect(() => cut(["cloudflare_missing"])).toThrow("has no cloudflare_missing");
  });

  it.each([
    ["a secret", "the token-of-this-run"],
    ["a path of this machine", `at ${tmpdir()}/x`],
  ])("never holds %s", (what, text) => {
    expect(() => requireClean("plans/x.json", text, ["token-of-this-run"])).toThrow(`would hold ${what}`);
    expect(requireClean("plans/x.json", "clean", ["token-of-this-run"])).toBe("clean");
  });
});
