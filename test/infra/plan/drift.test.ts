import { describe, expect, it } from "vitest";
import { driftOf } from "../../../infra/plan/drift/drift.ts";
import { driftJson, driftMarkdown, driftText } from "../../../infra/plan/drift/drift-report.ts";
import type { ReviewContext } from "../../../infra/plan/context.ts";
import { faultsInOutput } from "../formats/validator.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import {
  changeJson,
  configuration,
  type Planned,
  planJson,
  route,
  routeChange,
  workerChange,
} from "./plan-builder.ts";
import { recordedPlan } from "./plans.ts";
import { SPEC } from "../specification/specs.ts";

function drift(changes: readonly Planned[], context: ReviewContext = { owner: "publish" }) {
  return driftOf(reviewPlan(planJson([], { resource_drift: changes.map(changeJson) }), context), SPEC);
}

function value(before: unknown, after: unknown): Planned {
  const held = (content: unknown) => ({ key_name: "info", value: JSON.stringify(content) });
  return { type: "cloudflare_workers_kv", name: "seed", before: held(before), after: held(after) };
}

const causes = (changes: readonly Planned[], context?: ReviewContext) => {
  const { expected, found } = drift(changes, context);
  return { expected: expected.map(({ cause }) => cause), found: found.map(({ cause }) => cause) };
};

const EMPTY = { Version: 1, Integrations: [] };
const secret = { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: "fake-secret" };

describe("drift", () => {
  it("expects what Queue-it published: a higher version, or the first one over the seed", () => {
    expect(causes([value(configuration(4), configuration(5))])).toEqual({
      expected: ["published"],
      found: [],
    });
    expect(causes([value(EMPTY, configuration(1))])).toEqual({ expected: ["published"], found: [] });
  });

  it.each([
    ["an older version", configuration(5), configuration(4)],
    ["other actions under the same version", configuration(5), configuration(5, "/other")],
    ["something that the Worker does not take", configuration(5), { Version: "none" }],
  ])("finds %s in KV", (_what, before, after) => {
    expect(causes([value(before, after)])).toEqual({ expected: [], found: ["edited"] });
  });

  it("finds every change of a configuration that a file owns", () => {
    expect(causes([value(configuration(4), configuration(5))], { owner: "file" }).found).toEqual(["edited"]);
  });

  it("tells what differs in a configuration that was edited by hand", () => {
    const { found } = drift([value(configuration(5), configuration(5, "/other"))]);
    expect(JSON.stringify(found[0]?.details)).toContain("/other");
  });

  it("finds a route that was deleted, a secret that is gone, and a variable that was edited", () => {
    const variable = (text: string) => ({ type: "plain_text", name: "QUEUEIT_FAILURE_MODE", text });
    expect(causes([routeChange("protect", route("shop.example.com/*"), null)]).found).toEqual(["deleted"]);
    expect(causes([workerChange([secret, variable("open")], [variable("open")])]).found).toEqual([
      "secret-lost",
    ]);
    expect(causes([workerChange([variable("open")], [variable("closed")])]).found).toEqual(["edited"]);
  });

  it("is found in a recorded refresh", () => {
    const { found } = driftOf(reviewPlan(recordedPlan("drift-route-deleted")), SPEC);
    expect(found.map(({ cause }) => cause)).toContain("deleted");
  });
});

describe("the remedy", () => {
  const edited = [value(configuration(5), configuration(5, "/other"))];
  const remedyOf = (changes: readonly Planned[], spec: Partial<typeof SPEC> = {}) => {
    const owner = (spec.configuration ?? SPEC.configuration).owner;
    const review = reviewPlan(planJson([], { resource_drift: changes.map(changeJson) }), { owner });
    return driftOf(review, { ...SPEC, ...spec }).found.map(({ remedy }) => remedy);
  };

  it("of an edited configuration is with its owner: a deploy would leave Queue-it's alone", () => {
    expect(remedyOf(edited)).toEqual([
      "publish the integration configuration again in Queue-it's GO platform, to " +
        "https://shop.staging.example.com/?__push_queueit_config (a deploy leaves it alone)",
    ]);
    const pull = { owner: "pull", seed: "{}", cron: "*/5 * * * *" } as const;
    expect(remedyOf(edited, { configuration: pull })[0]).toMatch(
      /^wait for the Worker's next fetch \(schedule \*\/5/,
    );
    expect(remedyOf(edited, { configuration: { owner: "file", value: "{}" } })[0]).toMatch(/^deploy again/);
  });

  it("of one that was deleted comes before any deploy, which would write one without actions", () => {
    const deleted = { ...value(configuration(5), {}), after: null };
    expect(remedyOf([deleted])[0]).toMatch(/^publish .*before any deploy/);
    expect(remedyOf([deleted], { configuration: { owner: "file", value: "{}" } })[0]).toMatch(
      /^deploy again/,
    );
  });

  it("of everything that Terraform owns is a deploy", () => {
    expect(remedyOf([routeChange("protect", route("shop.example.com/*"), null)])[0]).toMatch(/^deploy again/);
    expect(remedyOf([workerChange([secret], [])])[0]).toMatch(/^deploy again/);
  });
});

describe("the report of drift", () => {
  const lost = drift([workerChange([secret], []), value(EMPTY, configuration(1))]);

  it("says for a terminal what is expected and what is not", () => {
    expect(driftText("staging", lost)).toBe(
      `Drift of staging: 1

Expected
  = Integration configuration published for the first time since the deploy:
    version 1, 0 → 1 action (published by Queue-it)
      Action Sale added: Queue with waiting room sale1, when the path contains
      /tickets
      Taken for published because the version is higher, or is the first.
      Whether Queue-it wrote it or a hand, KV does not tell: compare it with
      what Queue-it's GO platform shows, and publish again where they differ.

Not expected
  ! Changed outside Terraform: cloudflare_workers_script.worker (a secret is
    gone)
      Secret QUEUEIT_SECRET_KEY removed
    → To undo it, deploy again: npx queueit-cf deploy staging

→ Ask who changed it and why before you undo it. To keep it, write it into the
  environment.

Not compared: the values of secrets, which Cloudflare never reveals, and what
the sites answer. To check both, run: npx queueit-cf verify staging. Also not
compared is what Terraform does not manage: the Worker's workers.dev address,
and routes in zones that the environment does not name.
`,
    );
  });

  it("has all of it for programs", () => {
    expect(JSON.parse(driftJson("staging", lost))).toMatchObject({
      schema: "queueit-cf/drift/1",
      environment: "staging",
      drifted: true,
      found: [
        {
          cause: "secret-lost",
          address: "cloudflare_workers_script.worker",
          remedy: "deploy again: npx queueit-cf deploy staging",
        },
      ],
      expected: [{ cause: "published" }],
      notCompared: expect.stringContaining("values of secrets"),
    });
    expect(JSON.parse(driftJson("staging", drift([])))).toMatchObject({ drifted: false, found: [] });
    for (const some of [lost, drift([])]) expect(faultsInOutput(driftJson("staging", some))).toEqual([]);
  });

  it("folds what is expected in an issue, and shows no secret", () => {
    const text = driftMarkdown("staging", lost);
    expect(text).toMatch(/- Changed outside Terraform: `[^`]+` \(a secret is gone\)[\s\S]*<details>/);
    expect(text + driftJson("staging", lost)).not.toContain("fake-secret");
  });
});
