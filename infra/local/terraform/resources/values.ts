/** Attributes of a resource or a data source, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** The values without what nothing is known of. */
export function told(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
