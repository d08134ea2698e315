import type { ReviewContext } from "../context.ts";
import { connectorsOf, TYPES } from "../deployment.ts";
import type { Plan, PlannedResource } from "../plan.ts";
import { sentence } from "../sentence.ts";
import { type Change, EFFECTS } from "./change.ts";
import { valueChanges } from "./configuration.ts";
import { driftChanges } from "./drift.ts";
import { namespaceChanges } from "./namespace.ts";
import { otherChanges } from "./other.ts";
import { outputChanges } from "./outputs.ts";
import { untouchedConfiguration } from "./owner.ts";
import { takenOver } from "./taken-over.ts";
import { routeChanges } from "./routes.ts";
import { scheduleChanges } from "./schedule.ts";
import { workerChanges } from "./worker.ts";

/** Everything that a plan does and found, in words: what goes away first, what is left alone last. */
export function changesOf(plan: Plan, context: ReviewContext): readonly Change[] {
  const connectors = connectorsOf(plan);
  const changes = [
    ...plan.resources.flatMap((resource) => [
      ...stateChanges(resource, connectors),
      ...objectChanges(resource, context, connectors),
    ]),
    ...outputChanges(plan),
    ...driftChanges(plan, context),
    ...untouchedConfiguration(plan, context),
  ];
  return changes.sort(
    (a, b) =>
      EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind),
  );
}

/** What visitors notice comes first. */
const KINDS: readonly Change["kind"][] = [
  "route",
  "configuration",
  "namespace",
  "worker",
  "bundle",
  "secret",
  "variable",
  "binding",
  "setting",
  "schedule",
  "drift",
  "other",
  "output",
];

function objectChanges(
  resource: PlannedResource,
  context: ReviewContext,
  connectors: ReadonlySet<string>,
): readonly Change[] {
  // Reading changes nothing, and an import or a move alone is told by stateChanges.
  if (resource.operation === "no-op" || resource.operation === "read") return [];
  if (resource.mode === "data" || resource.deposed !== undefined) return otherChanges(resource);
  switch (resource.type) {
    case TYPES.route:
      return routeChanges(resource, connectors);
    case TYPES.script:
      return workerChanges(resource, context);
    case TYPES.namespace:
      return namespaceChanges(resource);
    case TYPES.value:
      return valueChanges(resource);
    case TYPES.cron:
      return scheduleChanges(resource);
    default:
      return otherChanges(resource);
  }
}

/** What happens in Terraform's state alone. */
function stateChanges(resource: PlannedResource, connectors: ReadonlySet<string>): readonly Change[] {
  const { address, type, importedId, previousAddress } = resource;
  const base = { kind: "other", type, address, details: [] } as const;
  return [
    ...(importedId === undefined
      ? []
      : [
          {
            ...base,
            effect: "import" as const,
            sentence: takenOver(resource, connectors),
            details: [sentence`${address}, id ${importedId}`],
          },
        ]),
    ...(previousAddress === undefined
      ? []
      : [
          {
            ...base,
            effect: "move" as const,
            sentence: sentence`${previousAddress} is called ${address} from now on`,
          },
        ]),
  ];
}
