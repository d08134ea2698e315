import { z } from "zod";
import { count, sha256 } from "../../json/fields.ts";
import { defineFormat, openWord } from "../../json/format.ts";
import { type Change, DRIFT_CAUSES, EFFECTS } from "../changes/change.ts";
import { LEVELS } from "../risks/risk.ts";
import { explanation } from "../explanation-fields.ts";

const counts = z
  .object({
    destroy: count("Objects that are destroyed."),
    replace: count("Objects that are destroyed and made anew."),
    forget: count("Objects that Terraform does not manage any more, and that stay."),
    update: count("Objects that are changed in place."),
    create: count("Objects that are made."),
    import: count("Objects that are taken over."),
    move: count("Objects that get another address."),
  })
  .describe("How many objects of the plan something happens to, as Terraform counts them.");

const risk = z.object({
  rule: z.string().describe("Name of the rule; docs/plan-review.md has a table of them."),
  level: z.enum(LEVELS).describe("How grave it is."),
  title: z.string().describe("What it is, in a few words."),
  explanation: z.string().describe("What visitors or operators would notice."),
  remedy: z.string().describe("What to do when it is not meant."),
});

const route = z.object({
  kind: z.enum(["protect", "bypass"]).describe("Whether it leads to the Worker, or past it."),
  pattern: z.string().nullable().describe("Its pattern; null while that is not known."),
  worker: z.string().exactOptional().describe("The other Worker that a bypass goes to."),
});

const value = z.union([z.string(), route]).nullish();

const KINDS = {
  ...{ route: true, configuration: true, namespace: true, worker: true, bundle: true, secret: true },
  ...{ variable: true, binding: true, setting: true, schedule: true, output: true, drift: true, other: true },
} satisfies Readonly<Record<Change["kind"], true>>;

const change = z.object({
  effect: z.enum(EFFECTS).describe("What happens to it."),
  kind: openWord("What it is.", Object.keys(KINDS)),
  address: z.string().describe("Terraform's address of the object, or `output.<name>`."),
  text: z.string().describe("What it means, in words."),
  details: z.array(z.string()).describe("More of the same, one line each."),
  before: value.describe("What it was, where that is one value: of a route, a variable, a setting …"),
  after: value.describe("What it becomes, where that is one value."),
  name: z.string().exactOptional().describe("Of a variable, secret, binding or output: its name."),
  event: z
    .enum(["added", "removed", "rotated", "moved", "uploaded"])
    .exactOptional()
    .describe("Of a secret: what happens to it. uploaded: nobody can tell whether its value is another one."),
  path: z.string().exactOptional().describe("Of a setting: where it is in Terraform's object."),
  lostActions: z
    .array(z.string())
    .exactOptional()
    .describe("Of a configuration: names of queueing actions that make nobody queue any more."),
  cause: openWord("Of drift: why it is not as it was deployed.", DRIFT_CAUSES).exactOptional(),
  type: z.string().exactOptional().describe("Of drift and of other objects: Terraform's type of the object."),
});

const covered = z.object({
  url: z.string().describe("The address."),
  expected: z
    .enum(["protected", "bypassed", "ignored"])
    .describe("What the environment's coverage says of it."),
  holds: z.boolean().describe("Whether it is so after the plan."),
  broken: z.string().nullable().describe("Why it is not so; null where it is."),
  before: explanation.describe("What happens to a request for it now."),
  after: explanation.describe("What happens to a request for it after the plan."),
});

/** What a plan means, for programs. */
export const PLAN_REPORT = defineFormat(
  {
    id: "queueit-cf/plan-report/1",
    minor: 0,
    title: "Report of a plan",
    use: "written",
    commands: ["plan", "report"],
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().nullable().describe("Name of the environment; null where nobody said it."),
        terraformVersion: z.string().describe("Version of the Terraform or OpenTofu that made the plan."),
        digest: sha256("Digest of what the plan would do: deploy --reviewed takes it."),
        digestIsKeyed: z
          .boolean()
          .describe("Whether the digest tells one new value of a secret from another."),
        counts,
        highestRisk: z
          .enum(LEVELS)
          .nullable()
          .describe("Level of the gravest risk; null where there is none."),
        risks: z.array(risk).describe("The gravest first."),
        changes: z.array(change).describe("What changes, and what was changed outside of Terraform."),
        coverage: z.array(covered).describe("Each address that the environment has an expectation for."),
      })
      .describe("What a plan means for visitors: docs/plan-review.md explains it. It holds no secret."),
);
