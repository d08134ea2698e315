import { isDeepStrictEqual } from "node:util";
import { UserError } from "../errors/user-error.ts";
import type { Operation, PlannedOutput, PlannedResource } from "./plan.ts";
import { sameValue } from "./value.ts";
import { ownPath } from "../text/own-path.ts";

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "no-op": "no-op",
  create: "create",
  read: "read",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  // Terraform 1.7 and later: the old object is only forgotten.
  "create,forget": "replace",
};

/**
 * What a list of actions does.
 *
 * @param address Whose actions they are, fit to be printed.
 * @throws UserError when it is empty or not known here: what it does to visitors cannot be told then.
 */
export function operationOf(actions: readonly string[], address: string): Operation {
  const name = actions.join();
  if (Object.hasOwn(OPERATIONS, name)) return OPERATIONS[name] ?? unknown(actions, address);
  return unknown(actions, address);
}

/** Values as the plan has them: with other marks, the same value may be a secret on one side only. */
interface Written {
  readonly before?: unknown;
  readonly after?: unknown;
}

function isKept({ before, after }: Written): boolean {
  return isDeepStrictEqual(before ?? null, after ?? null);
}

/**
 * @throws UserError when the states before and after are not what the operation says, so that one of both is
 *   wrong.
 */
export function requireSound(resource: PlannedResource, written: Written): PlannedResource {
  const { operation, before, after, mode, address } = resource;
  const isSound = {
    create: before === undefined && after !== undefined,
    delete: before !== undefined && after === undefined,
    update: before !== undefined && after !== undefined,
    replace: before !== undefined && after !== undefined,
    forget: before !== undefined,
    read: mode === "data",
    "no-op": mode === "data" || sameValue(before, after) || isKept(written),
  }[operation];
  return isSound ? resource : contradiction(operation, address);
}

/** @throws UserError as {@link requireSound}. */
export function requireSoundOutput(output: PlannedOutput, written: Written): PlannedOutput {
  const { operation, before, after, name } = output;
  const isSound = {
    create: before === null,
    delete: after === null,
    update: true,
    "no-op": sameValue(before, after) || isKept(written),
    read: false,
    replace: false,
    forget: false,
  }[operation];
  return isSound ? output : contradiction(operation, `output.${name}`);
}

const NEXT =
  "It is not reported, because the rest would look complete. Update queueit-cf, or plan again with a " +
  `Terraform or OpenTofu that it knows (${ownPath("README.md")}), and do not apply this plan before somebody has read ` +
  "Terraform's own output.";

function unknown(actions: readonly string[], address: string): never {
  // The words themselves are not repeated: nobody knows what is in them.
  const what = actions.length === 0 ? "is empty" : "is not one that Terraform has used so far";
  throw new UserError(
    "plan-unknown-action",
    `The plan does something with ${address} that this program does not know: its list of actions ${what}. ${NEXT}`,
  );
}

function contradiction(operation: Operation, address: string): never {
  throw new UserError(
    "plan-contradiction",
    `The plan contradicts itself about ${address}: its action is ${operation}, and its values before and ` +
      `after say otherwise. ${NEXT}`,
  );
}
