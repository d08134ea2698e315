import { UserError } from "../errors/user-error.ts";
import { printable } from "../text/printable.ts";
import { shortened } from "../plan/value.ts";
import { redact } from "../secrets/redact.ts";
import { isRateLimited, type RefusedAnswer } from "./pause.ts";

/** Code of a call that the token may not make. */
export const FORBIDDEN = "github-forbidden";

/** Code of a call for something that is not there, or that the token may not see. */
export const NOT_FOUND = "github-not-found";

/** What a refused call means for the person who reads the log. It shows no secret. */
export function refusal(call: string, answer: RefusedAnswer, secrets: readonly string[]): UserError {
  const reason = reasonOf(answer.body, secrets);
  const said = `GitHub refused ${call} with ${answer.status}${reason === "" ? "" : ` (${reason})`}.`;
  if (isRateLimited(answer)) {
    return new UserError(
      "github-rate-limit",
      `${said} There were too many calls, and the pause that it asks for is too long to wait here. Run ` +
        "this again later.",
    );
  }
  switch (answer.status) {
    case 401:
      return new UserError(
        "github-unauthorized",
        `${said} It does not recognise the token in GITHUB_TOKEN, or the token has expired. Give this ` +
          "step a valid one.",
      );
    case 403:
      return new UserError(FORBIDDEN, `${said} ${missingPermission(answer.headers)}`);
    case 404:
      return new UserError(
        NOT_FOUND,
        `${said} It does not exist, or the token cannot see it. Check GITHUB_REPOSITORY and the job's permissions.`,
      );
    case 410:
      return new UserError(
        "github-gone",
        `${said} Issues seem to be switched off in this repository. Switch them on in its settings.`,
      );
    default:
      return new UserError("github-refused", `${said} ${nextStep(answer.status)}`);
  }
}

function nextStep(status: number): string {
  if (status >= 500) return "GitHub itself has a problem. Run this again later.";
  if (status >= 300 && status < 400) {
    return "The repository seems to have another name now. Set GITHUB_REPOSITORY to it.";
  }
  return "Fix what it names, then run this again.";
}

function missingPermission(headers: Headers): string {
  // GitHub answers, for example, `issues=write; pull_requests=write`: each of them is enough.
  const accepted = headers.get("x-accepted-github-permissions") ?? "";
  const permissions = accepted
    .split(";")
    .map((one) => one.trim().replaceAll("_", "-").replaceAll("=", ": ").replaceAll(",", ", "))
    .filter((one) => /^[a-z-]+: [a-z]+(, [a-z-]+: [a-z]+)*$/.test(one));
  return permissions.length === 0
    ? "The token is not allowed to do this. Give it the permission, in a workflow under permissions of the job."
    : `The token lacks a permission. Add ${permissions.map((one) => `\`${one}\``).join(" or ")} under ` +
        "permissions of the job.";
}

function reasonOf(body: string, secrets: readonly string[]): string {
  try {
    const answer = JSON.parse(body) as unknown;
    const isObject = typeof answer === "object" && answer !== null;
    return isObject && "message" in answer && typeof answer.message === "string"
      ? shortened(printable(redact(answer.message, secrets)), 200)
      : "";
  } catch {
    return "";
  }
}
