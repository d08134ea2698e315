import { readFile } from "node:fs/promises";
import { join } from "node:path";
import pRetry from "p-retry";
import { bundleStoreOf } from "../bundles/bundle-store.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import { UserError } from "../errors/user-error.ts";

/**
 * Refuses a local state that was cut off. Terraform writes over the old one in place, so whatever ends it at that
 * moment, such as a full disk, leaves a part of the new one. It takes an empty file for an environment that was
 * never deployed, and would create everything a second time.
 *
 * @throws UserError `state-damaged` with what is wrong and what to put back.
 */
export async function requireWholeState(
  environment: string,
  backend: StateBackend,
  projectRoot: string,
): Promise<void> {
  if (backend.type !== "local") return;
  const path = join(projectRoot, backend.path);
  // Another Terraform may be in the middle of writing it.
  await pRetry(() => requireWhole(path, environment, backend, projectRoot), {
    retries: 5,
    minTimeout: 100,
    factor: 1,
    shouldRetry: ({ error }) => error instanceof UserError && error.code === "state-damaged",
  });
}

async function requireWhole(
  path: string,
  environment: string,
  backend: StateBackend,
  projectRoot: string,
): Promise<void> {
  const text = await textOf(path);
  if (text === undefined || isWhole(text)) return;
  const backup = await textOf(`${path}.backup`);
  const isKept = backup !== undefined && isWhole(backup);
  // Terraform leaves an empty one where its very first plan was killed.
  if (text === "" && !isKept && !(await wasDeployed(environment, backend, projectRoot))) return;
  const what =
    text === "" ? "is empty" : `is not a whole state: it ends after ${Buffer.byteLength(text)} bytes`;
  const remedy = isKept
    ? `The state before the last change is beside it: put it back with "cp ${path}.backup ${path}", then see what is ` +
      `missing in it with: npx queueit-cf plan ${environment}`
    : `Put back a copy of it. Without one, import what exists: move ${path} away, and deploy; the message of each ` +
      "object that exists already says how.";
  throw new UserError(
    "state-damaged",
    `${path}, which holds the state of ${environment}, ${what}. Whatever wrote it was ended in the middle, or the disk ` +
      "was full. It was left as it is, and nothing was changed: without it, everything would be created a second " +
      `time. ${remedy}`,
  );
}

function isWhole(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

/** Undefined where there is none, or nothing that this could judge: Terraform says why it cannot be read. */
async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

async function wasDeployed(
  environment: string,
  backend: StateBackend,
  projectRoot: string,
): Promise<boolean> {
  const store = await bundleStoreOf(backend, { projectRoot, variables: {} });
  return (await store.history(environment)).length > 0;
}
