/** Something in a valid integration configuration that probably does not do what its author means. */
export interface ConfigurationWarning {
  readonly code:
    | "unknown-word"
    | "misspelt-property"
    | "dead-literal"
    | "empty-list"
    | "path-spelling"
    | "host-spelling"
    | "address-spelling";
  /** What it is and what comes of it: one sentence without its full stop, fit to be printed. */
  readonly what: string;
  /** What to change. */
  readonly remedy: string;
}
