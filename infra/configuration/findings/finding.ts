import { quoted } from "../../queue-it/quoted.ts";
import type { ConfigurationWarning } from "../../queue-it/warning.ts";

/** Where something is in an integration configuration. Everything is counted from 1, as people do. */
export interface FindingPlace {
  readonly action: number | undefined;
  /** Name of the action; undefined where it has none. */
  readonly name: string | undefined;
  readonly trigger: number | undefined;
  readonly condition: number | undefined;
}

/** Something in an integration configuration that is wrong, or legal and probably wrong. */
export interface Finding {
  /** `refused`: the Worker does not take the configuration. `warning`: it does. */
  readonly severity: "refused" | "warning";
  readonly code:
    | ConfigurationWarning["code"]
    | "refused"
    | "never-true"
    | "shadowed"
    | "not-routed"
    | "cookie-domain"
    | "setting-missing";
  readonly place: FindingPlace;
  /** What it is and what comes of it: one sentence without its full stop. */
  readonly what: string;
  /** What to do. */
  readonly remedy: string;
}

/** Actions by which places are named. What is not checked yet may be anything. */
interface Named {
  readonly Integrations?:
    readonly { readonly Name?: unknown; readonly EventId?: unknown }[] | null | undefined;
}

/** The place of an action, a trigger or a condition, given by its places from 0. */
export function placeOf(
  { Integrations: actions }: Named,
  action: number,
  trigger?: number,
  condition?: number,
): FindingPlace {
  const { Name: name, EventId: room } = actions?.[action] ?? {};
  const counted = (place: number | undefined) => (place === undefined ? undefined : place + 1);
  const called = [name, room].find((text): text is string => typeof text === "string" && text !== "");
  return {
    action: action + 1,
    name: called,
    trigger: counted(trigger),
    condition: counted(condition),
  };
}

/** A place in words: `action 2 "Sale", trigger 1, condition 3`; empty for the configuration as a whole. */
export function placeWords({ action, name, trigger, condition }: FindingPlace): string {
  if (action === undefined) return "";
  return [
    `action ${action}${name === undefined ? "" : ` ${quoted(name)}`}`,
    ...(trigger === undefined ? [] : [`trigger ${trigger}`]),
    ...(condition === undefined ? [] : [`condition ${condition}`]),
  ].join(", ");
}

const PATH =
  /^Integrations\[(\d+)\](?:\.Triggers\[(\d+)\](?:\.TriggerParts\[(\d+)\])?)?(?:\.([\w[\].]+))?(?=[: ]|$)(?:: )?/;

/** A sentence that begins with a path of the configuration, as the place and what follows it. */
export function readPlace(text: string, configuration: Named): Pick<Finding, "place" | "what"> {
  const found = PATH.exec(text);
  if (found === null) {
    return {
      place: { action: undefined, name: undefined, trigger: undefined, condition: undefined },
      what: text,
    };
  }
  const [whole, action, trigger, condition, property] = found;
  const number = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
  const rest = text.slice(whole.length).trimStart();
  return {
    place: placeOf(configuration, Number(action), number(trigger), number(condition)),
    what: property === undefined ? rest : `${property} ${rest}`,
  };
}
