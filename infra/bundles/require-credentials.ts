import { access } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import { bucketCredentials, credentialsMissing } from "./bucket-credentials.ts";
import type { Variables } from "../variables/command-variables.ts";

/** Where Terraform finds credentials, besides the variables that hold them. */
const ELSEWHERE = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_CONFIG_FILE",
] as const;

/**
 * Makes sure that Terraform has credentials for the bucket of a state before it is asked. A bucket of
 * Amazon's may be open to the machine itself; R2 knows no such thing.
 *
 * @throws UserError where there are none, or they cannot be right.
 */
export async function requireCredentials(backend: StateBackend, variables: Variables): Promise<void> {
  if (backend.type !== "r2" && backend.type !== "s3") return;
  const isSet = (name: keyof Variables) => (variables[name] ?? "") !== "";
  if (isSet("AWS_ACCESS_KEY_ID") || isSet("AWS_SECRET_ACCESS_KEY")) {
    bucketCredentials(variables, backend.bucket);
    return;
  }
  if (backend.type === "s3" || ELSEWHERE.some(isSet)) return;
  const home = variables.HOME ?? homedir();
  const files = [".aws/credentials", ".aws/config"].map((name) => join(home, name));
  const found = await Promise.allSettled(files.map((file) => access(file)));
  if (found.every(({ status }) => status === "rejected")) throw credentialsMissing(backend.bucket);
}
