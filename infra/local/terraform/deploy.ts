import { ZodError } from "zod";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { applyResource } from "./apply-resource.ts";
import { inOrder } from "./order.ts";
import { CloudflareError } from "../cloudflare/account/refusals.ts";
import type { Zone } from "../cloudflare/account/model.ts";
import { resolve } from "./expression.ts";
import { lookUpIn, zoneAttributes } from "./look-up.ts";
import { type ResourceType, isResourceType } from "./resources.ts";
import { issuesOf, readStack, stackError } from "./read-stack.ts";

export interface DeployOptions {
  readonly account: LocalAccount;
  /** Values of the stack's variables, by name without `TF_VAR_`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Reads a file of the stack's folder; the path is relative to it. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /**
   * Zones the account has to have. Missing ones are added first.
   * @default none
   */
  readonly zones?: readonly Zone[];
}

export interface DeployedResource {
  /** Terraform's address, for example `cloudflare_workers_script.worker`. */
  readonly address: string;
  readonly type: ResourceType;
  /** Id in the account. */
  readonly id: string;
  /** What a person calls it: title, key, Worker name, pattern or cron expressions. */
  readonly name: string;
  readonly milliseconds: number;
}

/**
 * Deploys a synthesized stack (`cdk.tf.json`) to the local account, in the order of its references and
 * `depends_on`, and returns what was made in that order.
 *
 * On purpose it skips what only matters to a Cloudflare that has a past, or to Terraform itself: backends, providers,
 * outputs, remote state, validation of variables, and `lifecycle` (preconditions, ignored changes, protection from
 * destroying). The local Cloudflare starts empty.
 *
 * @throws UserError `local-stack` when the stack asks for something that the local Cloudflare does not have, or
 *   that Cloudflare would refuse. It names the address and never holds a value.
 */
export async function deployTerraformJson(
  json: unknown,
  { account, variables, readFile, zones = [] }: DeployOptions,
): Promise<readonly DeployedResource[]> {
  const stack = readStack(json, variables);
  const nodes = inOrder(stack.nodes);
  for (const zone of zones) if (!account.zones.some(({ id }) => id === zone.id)) account.addZone(zone);
  const made = new Map<string, Readonly<Record<string, unknown>>>();
  const deployed: DeployedResource[] = [];
  for (const node of nodes) {
    const { address, type } = node;
    const attributes = resolve(node.attributes, lookUpIn(stack, made, address)) as Record<string, unknown>;
    if (!isResourceType(type)) {
      made.set(address, zoneAttributes(account, address, attributes));
      continue;
    }
    const start = performance.now();
    try {
      const { id, name } = await applyResource(type, attributes, { address, account, readFile });
      made.set(address, { ...attributes, id });
      deployed.push({ address, type, id, name, milliseconds: performance.now() - start });
    } catch (error) {
      if (error instanceof CloudflareError) throw refusalOf(address, error);
      throw error instanceof ZodError ? stackError(issuesOf(address, error)) : error;
    }
  }
  return deployed;
}

function refusalOf(address: string, { code, message }: CloudflareError) {
  return stackError([`${address}: Cloudflare would refuse this with code ${code}: ${message}`]);
}
