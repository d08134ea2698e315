import { UserError } from "../errors/user-error.ts";

export function tooLarge(blob: string): UserError {
  return new UserError(
    "bundles-too-large",
    `${blob} is larger than anything stored there: somebody changed it. Nothing was deployed. Find out who can ` +
      "write there, move the file elsewhere, and deploy from a checkout that builds the bundle instead.",
  );
}
