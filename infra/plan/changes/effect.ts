import type { PlannedResource } from "../plan.ts";
import type { Effect } from "./change.ts";

/** What happens to the object as a whole. */
export function effectOf({ operation, importedId, previousAddress }: PlannedResource): Effect {
  switch (operation) {
    case "create":
      return "create";
    case "replace":
      return "replace";
    case "delete":
      return "destroy";
    case "forget":
      return "forget";
    case "update":
    case "read":
      return "update";
    case "no-op":
      return importedId !== undefined ? "import" : previousAddress !== undefined ? "move" : "untouched";
  }
}
