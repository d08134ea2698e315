import { Failure } from "../runtime/failure.ts";

/**
 * The properties of what a hook returned, read once each.
 *
 * @param known Names of all that it may have.
 * @throws Failure where it is not an object, or has others.
 */
export function propertiesOf<Name extends string>(
  returned: unknown,
  known: readonly Name[],
): Readonly<Record<Name, unknown>> {
  if (typeof returned !== "object" || returned === null)
    throw refused(`It returned no object: ${typeof returned}.`);
  const names: readonly string[] = known;
  if (!Object.keys(returned).every((name) => names.includes(name))) {
    throw refused(`It returned more than ${known.join(", ")}.`);
  }
  const object = returned as Readonly<Record<string, unknown>>;
  // Its own only: what somebody has added to all objects is nobody's answer.
  const own = (name: Name): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);
  return Object.fromEntries(known.map((name) => [name, own(name)])) as Record<Name, unknown>;
}

/** What a hook returned cannot be used, or may not be. */
export function refused(why: string): Failure {
  return new Failure("hook-refused", why);
}
