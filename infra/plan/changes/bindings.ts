import { CHAINED_WORKER_BINDING } from "../../../worker/deployment/variables.ts";
import { bindingsOf, isSecretBinding } from "../deployment.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { type PlanObject, sameValue, shown, textOf } from "../value.ts";
import { attributeLines } from "./attributes.ts";
import type { Change } from "./change.ts";

/** Variables, secrets and other bindings that differ between two states of a Worker, by their names. */
export function bindingChanges(
  address: string,
  old: PlanObject | undefined,
  wanted: PlanObject | undefined,
): readonly Change[] {
  const [before, after] = [bindingsOf(old?.["bindings"]), bindingsOf(wanted?.["bindings"])];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): readonly Change[] => {
    const [from, to] = [before.get(name), after.get(name)];
    if (sameValue(from, to)) return [];
    const effect = from === undefined ? "create" : to === undefined ? "destroy" : "update";
    const base = { address, effect, details: [] } as const;
    if (isSecretBinding(from) || isSecretBinding(to)) {
      const event = from === undefined ? "added" : to === undefined ? "removed" : secretEvent(from, to);
      return [{ ...base, kind: "secret", name, event, sentence: secretWords(name, event, from, to) }];
    }
    if (isVariable(from) || isVariable(to)) {
      const [was, is] = [from && shown(from["text"]), to && shown(to["text"])];
      const words =
        was === undefined
          ? sentence`Variable ${name} added: ${is ?? ""}`
          : is === undefined
            ? sentence`Variable ${name} removed, was ${was}`
            : sentence`Variable ${name}: ${was} → ${is}`;
      return [
        { ...base, kind: "variable", name, before: was ?? "(none)", after: is ?? "(none)", sentence: words },
      ];
    }
    if (name === CHAINED_WORKER_BINDING && [from, to].every(isServiceOrNone)) {
      return [{ ...base, kind: "binding", name, sentence: chainWords(serviceOf(from), serviceOf(to)) }];
    }
    const details = attributeLines("binding", from, to);
    if (from !== undefined && to !== undefined && details.length === 0) return [];
    const verb = from === undefined ? "added" : to === undefined ? "removed" : "changed";
    const type = textOf((to ?? from)?.["type"]) ?? "unknown";
    return [
      { ...base, kind: "binding", name, details, sentence: [...sentence`Binding ${name} (${type}) `, verb] },
    ];
  });
}

function isServiceOrNone(binding: PlanObject | undefined): boolean {
  return binding === undefined || binding["type"] === "service";
}

function serviceOf(binding: PlanObject | undefined): string | undefined {
  return binding && shown(binding["service"]);
}

/** Where requests go that the connector lets pass. */
function chainWords(from: string | undefined, to: string | undefined): Sentence {
  if (to === undefined)
    return sentence`Requests that pass go to the site, no longer to the Worker ${from ?? ""}`;
  if (from === undefined) return sentence`Requests that pass go to the Worker ${to}`;
  return from === to
    ? sentence`Requests that pass go to the Worker ${to} through another binding`
    : sentence`Requests that pass go to the Worker ${to}, before to the Worker ${from}`;
}

function isVariable(binding: PlanObject | undefined): boolean {
  return textOf(binding?.["type"]) === "plain_text";
}

/** In the Secrets Store a secret has a place; a binding that points elsewhere may have another value. */
function secretEvent(from: PlanObject, to: PlanObject): "rotated" | "moved" {
  return from["type"] === "secret_text" && to["type"] === "secret_text" ? "rotated" : "moved";
}

function secretWords(
  name: string,
  event: "added" | "removed" | "rotated" | "moved",
  from: PlanObject | undefined,
  to: PlanObject | undefined,
): Sentence {
  if (event !== "moved") return [...sentence`Secret ${name} `, event];
  return sentence`Secret ${name} comes from elsewhere: ${placeOf(from)} → ${placeOf(to)}`;
}

function placeOf(binding: PlanObject | undefined): string {
  switch (textOf(binding?.["type"]) ?? "") {
    case "secret_text":
      return "Terraform variable";
    case "secrets_store_secret":
      return `Secrets Store, ${shown(binding?.["secret_name"])}`;
    default:
      return "variable in clear";
  }
}
