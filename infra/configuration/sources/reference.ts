/** Places that the integration configuration of an environment can be read from. */
export const PLACES = ["status", "kv", "file", "queue-it"] as const;

/**
 * `status`: what the Worker has in memory, by its signed status answer. `kv`: what KV holds. `file`: the environment's
 * own file. `queue-it`: what Queue-it's platform hands out.
 */
export type Place = (typeof PLACES)[number];

/** Which integration configuration is meant. */
export type Reference =
  | { readonly kind: "stdin" }
  | { readonly kind: "path"; readonly path: string }
  | {
      readonly kind: "environment";
      /** Undefined where another reference beside it has to say. */
      readonly environment: string | undefined;
      /** Undefined for the live one, wherever it can be asked for. */
      readonly place: Place | undefined;
    };

const PLACED = new RegExp(`^(${PLACES.join("|")}):([^\\s/.:]+)$`);

/** Reads what somebody typed: `-`, `staging`, `kv:staging`, `queue-it`, or the path of a file. */
export function readReference(text: string): Reference {
  if (text === "-") return { kind: "stdin" };
  if (text === "queue-it") return { kind: "environment", environment: undefined, place: "queue-it" };
  const [, place, environment] = PLACED.exec(text) ?? [];
  if (environment !== undefined) return { kind: "environment", environment, place: place as Place };
  if (/^[^\s/.:\\]+$/.test(text)) return { kind: "environment", environment: text, place: undefined };
  return { kind: "path", path: text };
}
