import { CONFIGURATION_BINDING } from "../../worker/deployment/variables.ts";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import type { AccountNamespace } from "../account/account-inventory.ts";
import { namespaceTitle } from "../environments/definition/fields.ts";
import type { IntegrationConfigurationOwner } from "../environments/environment.ts";
import { readConfigurationFile } from "../queue-it/configuration-file.ts";
import { type AdoptionFinding, note, stop } from "./finding.ts";

export interface HeldConfiguration {
  readonly worker: string;
  readonly keepsWorker: boolean;
  readonly owner: IntegrationConfigurationOwner["owner"];
  readonly namespace: AccountNamespace | undefined;
  /** What the namespace holds under the key; undefined where it holds nothing. */
  readonly configuration: string | undefined;
  /** Whether the environment says how the uses of a queue id are counted. */
  readonly countsUses: boolean;
}

/** What the integration configuration in KV means for the first deploy. */
export function configurationFindings(held: HeldConfiguration): readonly AdoptionFinding[] {
  const { worker, namespace, configuration, keepsWorker, owner, countsUses } = held;
  if (namespace === undefined) {
    return [
      note(
        `The Worker ${worker} has no KV namespace with an integration configuration. The first deploy makes one, ` +
          `bound as ${CONFIGURATION_BINDING}, and nobody queues until a configuration is published to it.`,
        "publish the integration configuration in Queue-it's GO platform right after the first deploy, or give " +
          "it as a seed",
      ),
    ];
  }
  if (namespaceTitle(namespace.title) !== undefined) return [unsayable(namespace)];
  if (configuration === undefined) return [owner === "file" ? NO_FILE : nothingPublished(namespace)];
  const file = readConfigurationFile(configuration);
  if (file.ok) return keepsWorker || countsUses ? [] : counted(file.configuration);
  const [reason = ""] = file.reasons;
  const what = `The KV namespace ${namespace.title} holds something else than an integration configuration: it ${reason}.`;
  return keepsWorker && owner !== "file"
    ? [note(what, "publish the configuration in Queue-it's GO platform again, then look at the site")]
    : [
        stop(
          `${what} This project's Worker refuses it, and nobody would queue after the first deploy.`,
          "publish the configuration in Queue-it's GO platform again, then adopt again",
        ),
      ];
}

/** A title with what nobody sees cannot be told from another one in a file. */
function unsayable({ title, id }: AccountNamespace): AdoptionFinding {
  return stop(
    `The title of the KV namespace ${JSON.stringify(title)} has white space at an end or an invisible character, ` +
      "which an environment does not take.",
    `rename it in the dashboard (its id is ${id}), then adopt again. The Worker finds it by its id, so visitors notice nothing`,
  );
}

/** Actions that this project's Worker leaves out, so that their pages would be open. */
function counted({ Integrations: actions }: IntegrationConfiguration): readonly AdoptionFinding[] {
  const names = (actions ?? [])
    .filter(({ VerifyQueueIdEnabled: counts, ActionType: type }) => counts === true && type === "Queue")
    .map(({ Name: name, EventId: room }) => name ?? room ?? "(unnamed)");
  if (names.length === 0) return [];
  return [
    stop(
      `The integration configuration counts the uses of a queue id (VerifyQueueIdEnabled in ${names.join(", ")}), and ` +
        "this project's Worker does that only at an address of yours: without one, these pages would be open.",
      "switch it off in Queue-it's GO platform and publish, then adopt again; or adopt with --worker keep",
    ),
  ];
}

const NO_FILE = stop(
  "The Worker takes its integration configuration from a file of a repository, and KV holds none.",
  "deploy it from that repository first, then adopt again",
);

function nothingPublished({ title }: AccountNamespace): AdoptionFinding {
  return note(
    `The KV namespace ${title} holds no integration configuration. The first deploy writes one without actions, and ` +
      "nobody queues until one is published.",
    "publish it in Queue-it's GO platform before the first deploy and adopt again, or right after it, or give it " +
      "as a seed",
  );
}
