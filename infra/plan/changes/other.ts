import type { PlannedResource } from "../plan.ts";
import { sentence } from "../sentence.ts";
import { attributeLines } from "./attributes.ts";
import type { Change } from "./change.ts";
import { effectOf } from "./effect.ts";

/** A change of an object that has no meaning of its own here: its address, its type and what differs. */
export function otherChanges(resource: PlannedResource): readonly Change[] {
  const { address, before, after, type } = resource;
  const effect = effectOf(resource);
  const words = {
    create: "is created",
    destroy: "is destroyed",
    replace: "is replaced",
    forget: "stays, but Terraform forgets it",
    update: "changes",
    import: "is taken over",
    move: "is moved",
    drift: "changes",
    untouched: "stays",
  }[effect];
  return [
    {
      kind: "other",
      type,
      effect,
      address,
      sentence: [...sentence`${address} `, words],
      details: attributeLines(type, before, after),
    },
  ];
}
