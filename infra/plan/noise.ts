import { isObject, ownValue, type PlanObject, type PlanValue, sameValue, Unknown, without } from "./value.ts";

/**
 * Attributes of Cloudflare's objects that the API computes and that mean nothing to a reader. Recorded with
 * provider 5.14.0: an upload makes all of them "known after apply", and `handlers` drifts by itself.
 */
const NOISE: ReadonlySet<string> = new Set([
  "created_on",
  "modified_on",
  "etag",
  "handlers",
  "named_handlers",
  "has_assets",
  "has_modules",
  "startup_time_ms",
  "last_deployed_from",
  "migration_tag",
  "supports_url_encoding",
  // How the bundle gets to the provider; what it is, content_sha256 says.
  "content_file",
]);

/** An object of Cloudflare's provider without what it computes; any other as it is. */
export function withoutNoise(type: string, values: PlanObject | undefined): PlanObject | undefined {
  if (values === undefined || !type.startsWith("cloudflare_")) return values;
  return quiet(without(values, "id"));
}

function quiet(values: PlanObject): PlanObject {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !NOISE.has(name))
      .map(([name, value]) => [name, quietValue(value)]),
  );
}

function quietValue(value: PlanValue): PlanValue {
  if (Array.isArray(value)) return (value as readonly PlanValue[]).map(quietValue);
  return isObject(value) ? quiet(value) : value;
}

/**
 * Whether an attribute is computed and was never set: Terraform does not know what it will be, and nobody
 * asked for it. Provider 5.14.0 answers some of them with an empty list.
 */
export function isComputed(before: PlanValue | undefined, after: PlanValue | undefined): boolean {
  if (!(after instanceof Unknown)) return false;
  return (before ?? null) === null || (Array.isArray(before) && before.length === 0);
}

/** One attribute that differs between two states of an object. */
export interface Difference {
  /** For example `observability.logs.enabled` or `bindings[2].text`. */
  readonly path: string;
  readonly before: PlanValue | undefined;
  readonly after: PlanValue | undefined;
}

/** Attributes that differ, noise left out, in the order of their names. */
export function differences(
  type: string,
  before: PlanObject | undefined,
  after: PlanObject | undefined,
): readonly Difference[] {
  return compare("", withoutNoise(type, before) ?? {}, withoutNoise(type, after) ?? {});
}

function compare(
  path: string,
  before: PlanValue | undefined,
  after: PlanValue | undefined,
): readonly Difference[] {
  if (sameValue(before, after)) return [];
  if (isComputed(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return names.flatMap((name) =>
      compare(path === "" ? name : `${path}.${name}`, ownValue(before, name), ownValue(after, name)),
    );
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    const others: readonly PlanValue[] = after;
    return (before as readonly PlanValue[]).flatMap((item, index) =>
      compare(`${path}[${index}]`, item, others[index]),
    );
  }
  return [{ path, before, after }];
}
