import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** Paths that the queue actions of an integration configuration compare with, and the root. */
export function namedPaths({ Integrations }: IntegrationConfiguration): readonly string[] {
  const literals = (Integrations ?? [])
    .filter(({ ActionType }) => actionEffect(ActionType) === "Queue")
    .flatMap(({ Triggers }) => Triggers.flatMap(({ TriggerParts }) => TriggerParts))
    .filter(({ ValidatorType, UrlPart }) => ValidatorType === "UrlValidator" && UrlPart === "PagePath")
    .flatMap(({ ValueToCompare, ValuesToCompare }) => [ValueToCompare, ...(ValuesToCompare ?? [])])
    .filter((literal): literal is string => typeof literal === "string" && literal !== "" && literal !== "*")
    .map((literal) => (literal.startsWith("/") ? literal : `/${literal}`))
    // A literal is any text: what is not a path of its own site is none to be asked for.
    .filter((path) => !path.startsWith("//") && parsedUrl(path, "https://host.invalid") !== undefined);
  return [...new Set([...literals, "/"])];
}
