import { isObject, type Fields } from "./fields.ts";

/**
 * An element of a list, the one that is being checked. Its text is made only when there is something to
 * report.
 */
export interface Place {
  readonly parent: Place | undefined;
  readonly list: string;
  index: number;
}

/**
 * Takes the place of an object, undefined for the configuration itself, and the name of one of its
 * properties.
 */
export type Report = (place: Place | undefined, name: string, problem: string) => void;

/**
 * `broken`: the SDK throws, or cannot be given it; the action goes. `unfit`: it cannot come out as it is
 * meant, yet it keeps visitors out; a configuration with it is refused, but one that is in use already keeps
 * it.
 */
export interface Reports {
  readonly broken: Report;
  readonly unfit: Report;
}

/** Checks each object of a list; whatever else is in it is reported. */
export function checkEach(
  values: readonly unknown[],
  list: string,
  parent: Place | undefined,
  report: Report,
  check: (fields: Fields, place: Place, report: Report) => void,
): void {
  const place: Place = { parent, list, index: 0 };
  for (const value of values) {
    if (isObject(value)) check(value, place, report);
    else report(parent, `${list}[${place.index}]`, "must be an object");
    place.index++;
  }
}

/** Where a property is, such as `Integrations[3].Triggers[0].LogicalOperator`. */
export function textOf(place: Place | undefined, name: string): string {
  return place === undefined ? name : `${textOf(place.parent, `${place.list}[${place.index}]`)}.${name}`;
}
