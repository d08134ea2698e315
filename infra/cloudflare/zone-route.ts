/** A route of a zone, whoever made it. */
export interface ZoneRoute {
  readonly id: string;
  readonly pattern: string;
  /** Undefined for a bypass. */
  readonly script: string | undefined;
}
