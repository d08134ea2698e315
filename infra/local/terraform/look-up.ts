import { Unknown } from "../../plan/value.ts";
import { zoneSpelling } from "../../cloudflare/hostname.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { type Reference, resolve } from "./expression.ts";
import { DATA_SCHEMAS } from "./resources.ts";
import { type Stack, stackError } from "./read-stack.ts";

type Values = Readonly<Record<string, unknown>>;

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

/** What the look-up of a zone by its name gives. */
export function zoneAttributes(account: LocalAccount, address: string, attributes: unknown): Values {
  const { name } = DATA_SCHEMAS.cloudflare_zone.parse(attributes).filter;
  const zone = account.zones.find((candidate) => zoneSpelling(candidate.name) === name.toLowerCase());
  if (zone === undefined)
    throw stackError([`${address} looks for the zone ${name}, which the account does not have`]);
  return { id: zone.id, zone_id: zone.id, name };
}

/** What is in a value that is not known yet is not known either. */
function member(value: unknown, key: string): unknown {
  if (value instanceof Unknown) return value;
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isRecord(value: unknown): value is Values {
  return typeof value === "object" && value !== null;
}
