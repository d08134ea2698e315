import type { PlannedResource } from "../plan.ts";
import { type Sentence, sentence } from "../sentence.ts";
import { objectsOf, type PlanObject, shown } from "../value.ts";
import type { Change } from "./change.ts";
import { effectOf } from "./effect.ts";

/** What happens to the schedule that fetches the integration configuration. */
export function scheduleChanges(resource: PlannedResource): readonly Change[] {
  const { address, before, after } = resource;
  return [
    {
      kind: "schedule",
      effect: effectOf(resource),
      address,
      sentence: words(resource, cronsOf(before), cronsOf(after)),
      // Measured with provider 5.14.0.
      details:
        after === undefined
          ? [["Cloudflare keeps a schedule until its Worker goes: Terraform only forgets it"]]
          : [],
    },
  ];
}

function words({ operation }: PlannedResource, before: string, after: string): Sentence {
  switch (operation) {
    case "create":
      return sentence`Schedule added: ${after} (UTC)`;
    case "delete":
    case "forget":
      return sentence`Schedule removed: ${before}`;
    case "no-op":
    case "read":
    case "replace":
    case "update":
      return sentence`Schedule: ${before} → ${after} (UTC)`;
  }
}

function cronsOf(values: PlanObject | undefined): string {
  return objectsOf(values?.["schedules"])
    .map(({ cron }) => shown(cron))
    .join(", ");
}
