import { describe, expect, it } from "vitest";
import type { PlannedStack } from "../../../../infra/terraform/stack.ts";
import { plainText } from "../../../../infra/plan/sentence.ts";
import { type Review, reviewPlan } from "../../../../infra/plan/review.ts";
import { RECORDED, type Recorded, recordedPlan } from "../../plan/plans.ts";
import {
  BYPASS,
  PROTECT,
  SECOND_FILE,
  STAGING,
  bindings,
  jsonOf,
  route,
  withWorker,
  world,
} from "./world.ts";

type Situation = Exclude<Recorded, "condition-failed">;

const ofFile = (version: number) =>
  ({ owner: "file", value: `{"Version":${version},"Description":"seed","Integrations":[]}` }) as const;

/** Brings about in a local account what each recorded plan was made of, and plans it. */
const SITUATIONS: Readonly<Record<Situation, (at: ReturnType<typeof world>) => Promise<PlannedStack>>> = {
  create: ({ plan }) => plan(STAGING),
  noop: async ({ plan, deploy }) => {
    await deploy(STAGING);
    return plan(STAGING);
  },
  "update-script": async ({ plan, deploy }) => {
    await deploy(STAGING);
    return plan(withWorker(STAGING, { file: SECOND_FILE }));
  },
  "change-variable": async ({ plan, deploy }) => {
    await deploy(STAGING);
    return plan(withWorker(STAGING, { bindings: bindings("acme2") }));
  },
  "route-removed": async ({ plan, deploy }) => {
    await deploy(STAGING);
    return plan({ ...STAGING, routes: [BYPASS] });
  },
  "namespace-renamed": async ({ plan, deploy }) => {
    const elsewhere = { ...STAGING, routes: [BYPASS, route("protect", "www.staging.example.com/*")] };
    await deploy(elsewhere);
    return plan({ ...elsewhere, namespace: { title: "renamed" } });
  },
  "secret-rotated": async ({ plan, deploy, variables }) => {
    await deploy(STAGING);
    variables["queueit_secret_key"] = "second-secret";
    return plan(STAGING);
  },
  "config-owned-by-file": async ({ plan, deploy }) => {
    await deploy({ ...STAGING, configuration: ofFile(1) });
    return plan({ ...STAGING, configuration: ofFile(2) });
  },
  "drift-route-deleted": async ({ plan, deploy, account }) => {
    await deploy(STAGING);
    await account.deleteRoute(account.routes.find(({ pattern }) => pattern === PROTECT.pattern)?.id ?? "");
    return plan(STAGING);
  },
  destroy: async ({ plan, deploy }) => {
    const seeded = { owner: "pull", seed: ofFile(2).value, cron: "*/5 * * * *" } as const;
    await deploy({ ...STAGING, configuration: seeded });
    return plan({ ...STAGING, configuration: seeded }, "destroy", { destroyable: true });
  },
};

/** The recorded stack had these two outputs; the stacks of today have more. */
const OUTPUTS = ["bundle_sha256", "kv_namespace_id"];

const CONTEXT = {
  environment: "staging",
  coverage: {
    protected: ["https://shop.staging.example.com/tickets"],
    bypassed: ["https://shop.staging.example.com/static/app.js"],
  },
};

/**
 * What a reader gets to know of a plan, but for hashes and ids, which differ from one Worker file to the
 * next.
 */
function told({ counts, risks, changes, coverage }: Review) {
  return {
    counts,
    risks: risks.map(({ level, rule, title }) => `${level} ${rule}: ${plainText(title)}`),
    changes: changes
      .filter((change) => change.kind !== "output" || OUTPUTS.includes(change.name))
      .flatMap(({ effect, kind, sentence, details }) => [
        `${effect} ${kind}: ${withoutHashes(plainText(sentence))}`,
        ...details.map((detail) => withoutHashes(plainText(detail))),
      ]),
    coverage,
  };
}

function withoutHashes(text: string): string {
  return text.replaceAll(/\b(?:[0-9a-f]{64}|[0-9a-f]{32}|[0-9a-f]{8}(?=…))/g, "#");
}

describe.each(RECORDED.filter((name): name is Situation => name !== "condition-failed"))(
  "the situation of the recorded plan %s",
  (name) => {
    it("is told alike, whether Terraform or the local Cloudflare planned it", async () => {
      const planned = await SITUATIONS[name](world());
      expect(told(reviewPlan(planned.json, CONTEXT))).toEqual(told(reviewPlan(recordedPlan(name), CONTEXT)));
    });

    it("is one that Terraform would apply exactly when the local Cloudflare would", async () => {
      const planned = await SITUATIONS[name](world());
      const { applyable, errored } = JSON.parse(recordedPlan(name)) as ReturnType<typeof jsonOf>;
      expect(jsonOf(planned)).toMatchObject({ applyable, errored });
    });
  },
);
