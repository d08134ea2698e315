import { createHash } from "node:crypto";
import { LosslessNumber } from "lossless-json";
import { readJson, UnreadableJson } from "../json/read-json.ts";
import { isComputed, withoutNoise } from "./noise.ts";
import type { Plan, PlannedResource } from "./plan.ts";
import { Secret } from "./secret.ts";
import { isObject, ownValue, type PlanObject, type PlanValue, sameValue, Unknown } from "./value.ts";

/**
 * A hash of what a plan means: 64 hexadecimal characters. The same change planned twice gives the same;
 * another change, bundle or route another, and so does another provider. Left out are timestamps, what
 * Cloudflare computes, drift (what it leads to is a change), the order of attributes, the version of
 * Terraform and, for what is deleted, all of its contents but what tells which object it is.
 *
 * @param key Key of the fingerprints of secrets. Without one the digest says that a secret changes, not to
 *   what.
 */
export function digestOf(plan: Plan, key: string | undefined): string {
  const meaning = {
    digest: 3,
    errored: plan.errored,
    complete: plan.complete,
    applyable: plan.applyable,
    deployedTo: placesOf(plan),
    changes: plan.resources
      .filter(isChange)
      .map((resource) => changeOf(resource, key))
      .sort(byText),
    outputs: plan.outputs
      .filter(({ operation, before, after }) => operation !== "no-op" || !sameValue(before, after))
      .map(({ name, operation, before, after }) => ({
        name,
        operation,
        before: canonical(before, key),
        after: canonical(after, key),
      }))
      .sort(byText),
    openChecks: [...plan.openChecks].sort(),
    unknownParts: [...plan.unknownParts].sort(),
    failedChecks: plan.failedChecks.map(({ address, messages }) => [address, ...messages]).sort(byText),
    // Where they stand, only their number is.
    hiddenTexts: plan.hiddenTexts.map((text) => canonical(text, key)),
  };
  return createHash("sha256").update(JSON.stringify(meaning)).digest("hex");
}

function isChange({ operation, importedId, previousAddress }: PlannedResource): boolean {
  const isIdle = operation === "no-op" || operation === "read";
  return !isIdle || importedId !== undefined || previousAddress !== undefined;
}

/** What tells which object at the other end it is that is deleted. */
const IDENTITY = ["id", "namespace_id", "key_name", "title", "pattern", "script"] as const;

function changeOf(resource: PlannedResource, key: string | undefined): unknown {
  const {
    address,
    mode,
    type,
    provider,
    operation,
    reason,
    importedId,
    previousAddress,
    deposed,
    createsFirst,
  } = resource;
  const before = withoutNoise(type, resource.before) ?? {};
  const after = withoutNoise(type, resource.after) ?? {};
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  // What is deleted is named by its address; its contents may change until then, as a published configuration
  // does.
  const isGone = operation === "delete" || operation === "forget";
  const differing = isGone
    ? []
    : names.filter((name) => !sameValue(ownValue(before, name), ownValue(after, name)));
  // What is computed has no old side: it may be null or an empty list, whichever the provider answered last.
  const meant = differing.filter((name) => !isComputed(ownValue(before, name), ownValue(after, name)));
  return {
    address,
    mode,
    type,
    provider,
    operation,
    reason,
    importedId,
    previousAddress,
    deposed,
    createsFirst,
    gone: isGone ? IDENTITY.map((name) => canonical(ownValue(resource.before ?? {}, name), key)) : [],
    // The old side only where nothing is replaced: that of a replacement may be large and does not matter.
    before: operation === "update" ? meant.map((name) => [name, canonical(ownValue(before, name), key)]) : [],
    after: differing.map((name) => [name, canonical(ownValue(after, name), key)]),
  };
}

/**
 * Provider, account, zone and Worker: a plan for another place is another plan, even when it changes nothing.
 */
function placesOf({ resources }: Plan): readonly string[] {
  const places = resources.flatMap(({ address, mode, type, provider, before, after }) => {
    if (mode === "data") return [];
    const values = after ?? before ?? {};
    return [
      JSON.stringify([address, type, provider ?? null]),
      ...["account_id", "zone_id", "script_name"].flatMap((name) => {
        const value = ownValue(values, name);
        return typeof value === "string" ? [JSON.stringify([address, name, value])] : [];
      }),
    ];
  });
  return places.sort();
}

/**
 * Each kind of value has a form of its own: none can be taken for another. What is null is as good as not
 * there.
 */
function canonical(value: PlanValue | undefined, key: string | undefined): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Secret) {
    return key === undefined ? { secret: true } : { secret: value.fingerprint(key) };
  }
  if (value instanceof Unknown) return { unknown: true };
  if (value instanceof LosslessNumber) return { number: value.value };
  if (typeof value === "string") return canonicalText(value);
  if (Array.isArray(value)) return (value as readonly PlanValue[]).map((item) => canonical(item, key));
  if (!isObject(value)) return value;
  const names = namesOf(value).filter((name) => (value[name] ?? null) !== null);
  return { object: names.map((name) => [name, canonical(value[name], key)]) };
}

/** The same JSON written differently is the same configuration. */
function canonicalText(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return { json: canonicalJson(readJson(text) as PlanValue) };
  } catch (error) {
    if (error instanceof UnreadableJson) return text;
    throw error;
  }
}

/**
 * Of JSON inside a text only white space and the order of names are left out: nobody knows what else may
 * matter.
 */
function canonicalJson(value: PlanValue): unknown {
  if (value instanceof LosslessNumber) return { number: value.value };
  if (Array.isArray(value)) return (value as readonly PlanValue[]).map(canonicalJson);
  if (!isObject(value)) return value;
  return { object: namesOf(value).map((name) => [name, canonicalJson(value[name] ?? null)]) };
}

function namesOf(value: PlanObject): readonly string[] {
  return Object.keys(value).sort();
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
