import type { z } from "zod";
import type { LocalAccount } from "../../cloudflare/account/account.ts";
import type { Values } from "./values.ts";

/** What surrounds a resource that is made or changed. */
export interface ApplyContext {
  readonly account: LocalAccount;
  /** Reads a file of the stack's folder; the path is relative to it. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Id of the one that it changes; without one it is made. */
  readonly existingId: string | undefined;
}

/** One type of resource of Cloudflare's provider 5.14.0, and how the local Cloudflare stands in for it. */
interface ResourceRules<Schema extends z.ZodType> {
  /**
   * Its attributes, after their references are resolved. Objects are strict: an attribute that is not named
   * would be asked for and not done. Attributes marked "no effect" have none on this machine.
   */
  readonly schema: Schema;
  /** Attributes that cannot be changed: another value means another object. */
  readonly replacing: readonly string[];
  /**
   * Attributes that nothing is done about where the stack does not say them: optional and computed ones. A
   * change of another attribute has Cloudflare choose them anew. Every type also has a computed `id`.
   */
  readonly kept: readonly string[];
  /**
   * What the provider marks as sensitive, as Terraform's JSON of a plan writes it.
   * @default nothing
   */
  readonly sensitive?: (values: Values) => Values;
  /**
   * Makes or changes one in the account, and returns its id.
   *
   * @throws CloudflareError when Cloudflare would refuse it, Error when the stack contradicts itself.
   */
  readonly apply: (attributes: z.output<Schema>, context: ApplyContext) => Promise<string>;
  /**
   * What the account has now of one: its attributes, those that Cloudflare never tells as they were.
   * Undefined when it is gone.
   */
  readonly read: (values: Values, account: LocalAccount) => Values | undefined | Promise<Values | undefined>;
  /**
   * What the provider's id of an object, as an import block has it, says of its attributes. Undefined when it
   * is of another form.
   */
  readonly identify: (importId: string) => Values | undefined;
  /**
   * Deletes one from the account, as far as Cloudflare lets Terraform do so.
   *
   * @throws CloudflareError when Cloudflare would refuse it.
   */
  readonly delete: (values: Values, account: LocalAccount) => Promise<void>;
}

/** The same, whatever its attributes are: `apply` checks them first. */
export interface ResourceKind extends Omit<ResourceRules<z.ZodType>, "apply"> {
  /** @throws ZodError when the attributes are not of the schema; else as of the rules. */
  readonly apply: (attributes: unknown, context: ApplyContext) => Promise<string>;
}

/** Makes a kind of resource from its rules. */
export function resourceKind<Schema extends z.ZodType>(rules: ResourceRules<Schema>): ResourceKind {
  return {
    ...rules,
    apply: (attributes, context) => rules.apply(rules.schema.parse(attributes), context),
  };
}

/**
 * The parts of an import's id, by name; the last takes the rest. Undefined when there are fewer parts than
 * names.
 */
export function idParts(importId: string, names: readonly string[]): Values | undefined {
  const parts = importId.split("/");
  if (parts.length < names.length || parts.includes("")) return undefined;
  const last = parts.slice(names.length - 1).join("/");
  return Object.fromEntries(
    names.map((name, index) => [name, index < names.length - 1 ? parts[index] : last]),
  );
}

/** @throws Error for a resource of another account. */
export function assertAccount(accountId: string, { account }: Pick<ApplyContext, "account">): void {
  if (accountId === account.id) return;
  throw new Error(`account_id is ${accountId}, but the local account is ${account.id}`);
}
