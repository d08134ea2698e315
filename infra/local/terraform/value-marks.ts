import { Unknown } from "../../plan/value.ts";

/**
 * A value without what is not known yet, and where that was: `true`, or an object or list of the same form.
 */
export interface Parted {
  readonly known: unknown;
  readonly unknown: unknown;
}

/** Parts a value as Terraform's JSON of a plan writes it. */
export function parted(value: unknown): Parted {
  if (value instanceof Unknown) return { known: undefined, unknown: true };
  if (Array.isArray(value)) {
    const items = value.map(parted);
    return {
      known: items.map(({ known }) => known ?? null),
      unknown: items.map(({ unknown }) => unknown),
    };
  }
  if (typeof value !== "object" || value === null) return { known: value, unknown: false };
  const members = Object.entries(value).map(([name, item]) => [name, parted(item)] as const);
  return {
    known: Object.fromEntries(
      members.flatMap(([name, { known }]) => (known === undefined ? [] : [[name, known]])),
    ),
    unknown: Object.fromEntries(
      members.flatMap(([name, { unknown }]) => (unknown === false ? [] : [[name, unknown]])),
    ),
  };
}
