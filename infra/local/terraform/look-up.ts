import { Unknown } from "../../plan/value.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { type Reference, resolve } from "./expression.ts";
import type { DataNode } from "./read-node.ts";
import type { Stack } from "./read-stack.ts";
import { findZone } from "./resources/data-zone.ts";
import type { Values } from "./resources/values.ts";
import { stackError } from "./stack-error.ts";

/**
 * Finds what references of a stack point to.
 *
 * @param made Attributes of resources and data sources, by address.
 * @param user Who refers to them, for the error.
 */
export function lookUpIn(stack: Pick<Stack, "values">, made: ReadonlyMap<string, Values>, user: string) {
  const lookUp = ({ address, path }: Reference): unknown => {
    const given = stack.values.get(address);
    // A variable's value is data: a secret may well contain what looks like a reference.
    const base = made.get(address) ?? (address.startsWith("local.") ? resolve(given, lookUp) : given);
    const value = path.reduce<unknown>((found, key) => member(found, key), base);
    if (value !== undefined) return value;
    throw stackError([`${user} refers to ${[address, ...path].join(".")}, which has no value here`]);
  };
  return lookUp;
}

/**
 * What a data source gives.
 *
 * @throws UserError `local-stack` when the account does not have it.
 */
export function readData({ address }: DataNode, attributes: Values, account: LocalAccount): Values {
  const found = findZone(account, attributes);
  if (found.ok) return found.values;
  throw stackError([`${address} looks for ${found.missing}, which the account does not have`]);
}

/** What is in a value that is not known yet is not known either. */
function member(value: unknown, key: string): unknown {
  if (value instanceof Unknown) return value;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}
