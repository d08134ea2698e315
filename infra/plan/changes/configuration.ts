import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { Secret } from "../secret.ts";
import { shown, textOf } from "../value.ts";
import { attributeLines } from "./attributes.ts";
import type { Change } from "./change.ts";
import {
  type ConfigurationDiff,
  diffConfigurations,
  queueingNames,
  readConfiguration,
} from "./configuration-diff.ts";
import { effectOf } from "./effect.ts";

/** What happens to a KV value: the integration configuration in words, any other by its attributes. */
export function valueChanges(resource: PlannedResource): readonly Change[] {
  const { address, before, after, type } = resource;
  const key = (after ?? before)?.["key_name"];
  const effect = effectOf(resource);
  if (key !== CONFIGURATION_KEY) {
    const words = sentence`KV value ${shown(key)} (${effect})`;
    return [
      { kind: "other", type, effect, address, sentence: words, details: attributeLines(type, before, after) },
    ];
  }
  const { summary, lines, lostActions } = diff(resource);
  return [{ kind: "configuration", effect, address, sentence: summary, details: lines, lostActions }];
}

function diff({ operation, before, after, type }: PlannedResource): ConfigurationDiff {
  const nothing = { lines: [], lostActions: [] };
  if (operation === "forget") {
    return { ...nothing, summary: ["The integration configuration stays, but Terraform forgets it"] };
  }
  const old = readConfiguration(textOf(before?.["value"]));
  if (after === undefined) {
    const version = old === undefined ? "" : ` (version ${old.version}, ${old.actions.length} actions)`;
    return {
      ...nothing,
      lostActions: queueingNames(old),
      summary: [`The integration configuration is deleted${version}`],
    };
  }
  if (after["value"] instanceof Secret) {
    return {
      ...nothing,
      summary: ["The integration configuration changes; it is marked secret, so nothing is shown"],
    };
  }
  const wanted = readConfiguration(textOf(after["value"]));
  if (wanted === undefined) {
    const why = textOf(after["value"]) === undefined ? "known after apply" : "unreadable";
    return { ...nothing, summary: [`The integration configuration will be one that is ${why}`] };
  }
  if (before !== undefined && before["value"] === after["value"]) {
    const lines: readonly Sentence[] = attributeLines(type, before, after);
    return {
      summary: ["The integration configuration keeps its text, in another place"],
      lines,
      lostActions: [],
    };
  }
  return diffConfigurations(old, wanted);
}
