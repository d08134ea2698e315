import { CATALOGUE, type ErrorCode } from "../errors/catalogue.ts";
import type { DeployResult } from "./deploy-result.ts";

/** How a job of a workflow ended, in GitHub's words. */
export type JobResult = "success" | "failure" | "cancelled" | "skipped";

/** What became of a deploy: `attention` where visitors may have something else than what was reviewed, or nothing. */
export const OUTCOME_STATES = ["deployed", "refused", "failed", "attention"] as const;

export type OutcomeState = (typeof OUTCOME_STATES)[number];

export interface Outcome {
  readonly state: OutcomeState;
  /** What happened, in one line. */
  readonly what: string;
  /** Words of the command that ended with an error, as it wrote them; untrusted. */
  readonly said?: string;
  /** What verifying found wrong or could not try; untrusted. */
  readonly found?: readonly {
    readonly name: string;
    readonly detail: string;
    readonly remedy?: string | null | undefined;
  }[];
  readonly next?: string;
}

export interface Ended {
  readonly environment: string;
  /** The job that plans ahead of a promotion; `success` where there is none. */
  readonly planned: JobResult;
  /** Whether the plan of that job changes something; undefined where that is not known. */
  readonly changes?: boolean | undefined;
  /** The job that deploys and verifies. */
  readonly deployed: JobResult;
  readonly result: DeployResult;
}

/** Errors of a deploy that was done, and is not what it has to be. */
const DONE: readonly ErrorCode[] = ["not-settled", "not-recorded", "not-answered"];

/** Errors that may come while something is changed, or before: their messages say what was done by then. */
const HALFWAY: readonly ErrorCode[] = ["apply-failed", "interrupted", "file-refused", "fault"];

/** Whether an error ends a deploy before it changes anything. Of one that this version does not know nobody can say so. */
function isRefusal(code: string): boolean {
  const isKnown = Object.values(CATALOGUE).some((section) => Object.hasOwn(section, code));
  return isKnown && ![...DONE, ...HALFWAY].some((late) => late === code);
}

/** Says what became of a deploy, from how its jobs ended and what they handed on. It never says more than is known. */
export function outcomeOf({
  environment,
  planned,
  changes,
  deployed,
  result: { deploy, verify },
}: Ended): Outcome {
  const again = `npx queueit-cf verify ${environment}`;
  if (planned !== "success") {
    return {
      state: "refused",
      what: `${planned === "failure" ? "There was no plan to deploy: it could not be made, or is not the one that was reviewed by hand" : "It was cancelled while it was planned"}. Nothing was changed.`,
      next: "The log of the run says why. Fix that, then run it again.",
    };
  }
  if (deployed === "skipped") {
    if (changes === false)
      return {
        state: "deployed",
        what: "The plan changes nothing: the environment has all of this already.",
      };
    return {
      state: "refused",
      what: "The deploy was not begun. Nothing was changed.",
      next: "The run says why. To go on, run it again.",
    };
  }
  if (deploy === undefined) return withoutWord(deployed, again);
  if ("error" in deploy) return endedBy(deploy.error, again);
  const done = deploy.changed ? "It is deployed" : "There was nothing to change";
  if (verify !== undefined && "passed" in verify && verify.passed)
    return { state: "deployed", what: `${done}, and it was verified.`, found: [], said: verify.verdict };
  if (deployed === "success") return { state: "deployed", what: `${done}, and it was verified.` };
  const now = `${done}, but it is not proved that it works`;
  if (verify === undefined) {
    return {
      state: "attention",
      what: `${now}: ${deployed === "cancelled" ? "the run was cancelled" : "verifying it did not get to an end"}.`,
      next: `Verify it: ${again}`,
    };
  }
  const fix = `Fix what is named, then verify again: ${again}. To go back: npx queueit-cf rollback ${environment}`;
  return "error" in verify
    ? {
        state: "attention",
        what: `${now}: verifying ended by an error (\`${verify.error.code}\`).`,
        said: verify.error.message,
        next: fix,
      }
    : { state: "attention", what: `${now}.`, said: verify.verdict, found: verify.checks, next: fix };
}

function endedBy(
  { code, message: said }: { readonly code: string; readonly message: string },
  again: string,
): Outcome {
  if (isRefusal(code)) {
    return {
      state: "refused",
      what: `Refused (\`${code}\`). Nothing was changed.`,
      said,
      next: "Do what the message says, then run it again.",
    };
  }
  const isDone = DONE.some((each) => each === code);
  return {
    state: isDone ? "attention" : "failed",
    what: isDone
      ? `It is deployed, but not all is as it has to be (\`${code}\`).`
      : `Ended by an error (\`${code}\`). Some of it may have been changed.`,
    said,
    next: `Do what the message says. What visitors get now: ${again}`,
  };
}

/** For a job that said nothing: GitHub tells no more than how it ended. */
function withoutWord(deployed: Exclude<JobResult, "skipped">, again: string): Outcome {
  switch (deployed) {
    case "success":
      return { state: "deployed", what: "It is deployed, and it was verified." };
    case "cancelled":
      return {
        state: "attention",
        what: "The run was cancelled: before the deploy began, or while it was under way.",
        next: `The run says which. If it had begun: ${again}. To go on, run it again.`,
      };
    case "failure":
      return {
        state: "attention",
        what: "It ended without saying why: it was rejected, ran out of time, or stopped before or in the middle of the deploy.",
        next: `The run says which. If it had begun: ${again}. To go on, run it again.`,
      };
  }
}
