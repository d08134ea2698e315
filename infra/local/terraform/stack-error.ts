import type { ZodError } from "zod";
import { UserError } from "../../errors/user-error.ts";

/** An error about a stack, one line for each problem. */
export function stackError(problems: readonly string[]): UserError {
  const lines = problems.map((problem) => `\n- ${problem}`).join("");
  return new UserError("local-stack", `The local Cloudflare cannot deploy this stack:${lines}`);
}

/** The issues of a schema, each with its address and path and without the value, which may be a secret. */
export function issuesOf(address: string, { issues }: ZodError): readonly string[] {
  return issues.map(({ path, message }) => `${[address, ...path].map(String).join(".")}: ${message}`);
}
