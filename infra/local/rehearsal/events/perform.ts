import type { Action } from "../../../../worker/configuration/integration-configuration.ts";
import { actionEffect } from "../../../queue-it/action-effect.ts";
import { addressOf } from "../prepare.ts";
import type { ScenarioEvent } from "../scenario.ts";
import type { Stage } from "./stage.ts";
import { acceptedConfiguration } from "../../../queue-it/accepted-configuration.ts";

/** What an event is, in words. */
export function eventInWords(event: ScenarioEvent): string {
  switch (event.kind) {
    case "publish":
      return "Queue-it publishes the configuration again, as the next version";
    case "protect":
      return `a configuration is published that protects ${event.page}`;
    case "deploy":
      return "another bundle is deployed";
    case "rotate-secret":
      return "the secret key is rotated";
    case "kv":
      return { slow: "KV answers after 3 s", failing: "KV fails", stale: "KV shows old values" }[event.how];
    case "origin":
      return { slow: "the site answers 3 s later", down: "the site is down" }[event.how];
    case "queue-it":
      return "Queue-it cannot be reached";
    case "restart-isolates":
      return "all isolates are new";
    case "switch":
      return event.to === "off"
        ? "the waiting room is switched off: its routes become bypasses"
        : "the waiting room is switched on again";
  }
}

/** Milliseconds that an event lasts; undefined for what happens at once. */
export function lengthOf(event: ScenarioEvent): number | undefined {
  return "forMs" in event ? event.forMs : undefined;
}

/**
 * Makes it happen, and gives what came of it as far as that is known at once.
 *
 * @param now Milliseconds since 1970.
 */
export async function perform(event: ScenarioEvent, stage: Stage, now: number): Promise<string | undefined> {
  const { world, queueIt, faults } = stage;
  switch (event.kind) {
    case "publish":
      stage.prepared.desk.change(stage.prepared.desk.json);
      return stage.deliver(now);
    case "protect":
      return protect(event.page, stage, now);
    case "deploy":
      return `the bundle ${(await stage.deploy()).slice(0, 12)} answers in new isolates`;
    case "rotate-secret":
      await stage.rotateSecret(now);
      return undefined;
    case "kv":
      if (event.how === "stale") await stage.makeStale();
      else world.surround({ kv: { how: event.how } });
      faults.add(now, now + event.forMs);
      return undefined;
    case "origin":
      if (event.how === "slow") stage.isSiteSlow = true;
      else world.surround({ site: "down" });
      return undefined;
    case "queue-it":
      queueIt.isReachable = false;
      world.surround({ queueIt: "unreachable" });
      faults.add(now, now + event.forMs);
      return undefined;
    case "restart-isolates":
      await world.restart();
      return undefined;
    case "switch":
      stage.isOn = event.to === "on";
      return undefined;
  }
}

/** Ends what lasts for a while. */
export function undo(event: ScenarioEvent, stage: Stage): void {
  const { world, queueIt } = stage;
  switch (event.kind) {
    case "kv":
      world.surround({ kv: { how: "well" } });
      break;
    case "origin":
      if (event.how === "slow") stage.isSiteSlow = false;
      else world.surround({ site: "well" });
      break;
    case "queue-it":
      queueIt.isReachable = true;
      world.surround({ queueIt: "well" });
      break;
    case "publish":
    case "protect":
    case "deploy":
    case "rotate-secret":
    case "restart-isolates":
    case "switch":
      break;
  }
}

/** A queue action for one more page, with the waiting room of the first one, so that who is in stays in. */
async function protect(page: string, stage: Stage, now: number): Promise<string> {
  const { desk } = stage.prepared;
  const configuration = acceptedConfiguration(desk.json);
  const actions = configuration.Integrations ?? [];
  const like = actions.find(({ ActionType }) => actionEffect(ActionType) === "Queue");
  if (like === undefined) return "the configuration has no queue action to take the waiting room of";
  const url = addressOf(page, stage.prepared);
  if (url === undefined) return "it is not an address";
  const part = (UrlPart: string, ValueToCompare: string) => ({
    ValidatorType: "UrlValidator",
    UrlPart,
    Operator: "Equals",
    ValueToCompare,
    IsNegative: false,
    IsIgnoreCase: true,
  });
  const added: Action = {
    ...like,
    Name: `Protected by the rehearsal: ${url.pathname}`,
    Triggers: [
      {
        LogicalOperator: "And",
        TriggerParts: [part("HostName", url.hostname), part("PagePath", url.pathname)],
      },
    ],
  };
  const change = desk.change(JSON.stringify({ ...configuration, Integrations: [added, ...actions] }));
  return change.ok
    ? stage.deliver(now)
    : `the configuration would not be valid: ${change.reasons.join("; ")}`;
}
