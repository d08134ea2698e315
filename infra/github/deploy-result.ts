import { z } from "zod";
import { jsonOf } from "../json/json-of.ts";

/** More of them, and longer ones, are in the summary of the run. */
const MOST_CHECKS = 10;
const LONGEST = 400;

const text = z
  .string()
  .transform((value) => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value));

const error = z.object({
  code: z.string().regex(/^[a-z-]{1,60}$/),
  message: z.string().transform((value) => value.slice(0, 2000)),
});

const check = z.object({
  name: text,
  outcome: z.enum(["passed", "failed", "skipped"]),
  detail: text,
  remedy: text.nullish(),
});

/** What `deploy --json`, `promote --json` or `github reviewed-digest --json` printed, as far as it is needed. */
const deployed = z.union([
  z.object({ error }),
  z.object({ schema: z.literal("queueit-cf/deploy/1"), changed: z.boolean(), bundle: z.string().max(64) }),
]);

/** What `verify --json` printed. */
const verified = z.union([
  z.object({ error }),
  z.object({
    schema: z.literal("queueit-cf/verify/1"),
    passed: z.boolean(),
    verdict: text,
    checks: z
      .array(check)
      .transform((checks) => checks.filter(({ outcome }) => outcome !== "passed").slice(0, MOST_CHECKS)),
  }),
]);

const deployResult = z.object({
  deploy: deployed.optional(),
  verify: verified.optional(),
  /** When it was handed on, in milliseconds since 1970. */
  at: z.int().positive().optional(),
});

/** What is known of a deploy and of what verifying it found; each is missing where it was not got to. */
export type DeployResult = z.infer<typeof deployResult>;

/** Reads what the two commands printed. What is none of theirs is as good as missing: they were ended in the middle. */
export function deployResultOf(deploy: string | undefined, verify: string | undefined): DeployResult {
  return {
    deploy: deployed.safeParse(jsonOf(deploy ?? "")).data,
    verify: verified.safeParse(jsonOf(verify ?? "")).data,
  };
}

/** Reads the result that a job handed to another; nothing is known where it handed none, or GitHub held it back. */
export function readDeployResult(handed: string): DeployResult {
  return deployResult.safeParse(jsonOf(handed)).data ?? {};
}
