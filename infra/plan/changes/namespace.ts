import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { shown, without } from "../value.ts";
import { attributeLines } from "./attributes.ts";
import type { Change } from "./change.ts";
import { effectOf } from "./effect.ts";

/** What happens to the KV namespace that holds the integration configuration. */
export function namespaceChanges(resource: PlannedResource): readonly Change[] {
  const { address, before, after, type } = resource;
  return [
    {
      kind: "namespace",
      effect: effectOf(resource),
      address,
      sentence: words(resource),
      details: before && after ? attributeLines(type, without(before, "title"), without(after, "title")) : [],
    },
  ];
}

function words({ operation, before, after }: PlannedResource): Sentence {
  const [was, is] = [shown(before?.["title"]), shown(after?.["title"])];
  switch (operation) {
    case "create":
      return sentence`KV namespace ${is} created`;
    case "delete":
      return sentence`KV namespace ${was} destroyed, with the integration configuration in it`;
    case "replace":
      return sentence`KV namespace ${was} replaced by an empty one, ${is}`;
    case "forget":
      return sentence`KV namespace ${was} stays, but Terraform forgets it`;
    case "no-op":
    case "read":
    case "update":
      return was === is
        ? sentence`KV namespace ${is} changed`
        : sentence`KV namespace renamed: ${was} → ${is}`;
  }
}
