import { checkConfiguration } from "../../worker/configuration/check.ts";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import type { StoredConfiguration } from "../account/stored-configuration.ts";
import type { ActionLookup } from "../plan/routing.ts";
import { configurationWarnings } from "../queue-it/configuration-warnings.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { counted } from "../text/counted.ts";
import type { AskedPage } from "./ask-pages.ts";
import { type Check, check, CheckFailed, NotTried } from "./check.ts";
import { configurationHash } from "./status-call.ts";

/** What KV holds, or why that is not known. */
export type Stored = StoredConfiguration | { readonly kind: "unknown"; readonly why: string };

export interface StoredQuestions {
  readonly spec: Pick<ConnectorSpec, "configuration" | "environment" | "namespace">;
  readonly stored: Stored;
  /** What the Worker was asked for, page by page. */
  readonly asked: readonly AskedPage[];
  /** The action that KV's configuration has for a page; undefined where that is not known. */
  readonly storedAction: ActionLookup;
  readonly secretKey: string;
  readonly matching: "as-configured" | "normalized";
  /** Whether the Worker counts the uses of a queue id; without it, it takes no action that wants that. */
  readonly countsUses: boolean;
  /** Seconds after which an isolate looks at KV again. */
  readonly ttlSeconds: number;
  /** How the owner of the configuration writes it anew. */
  readonly remedy: string;
}

/**
 * KV holds a configuration that the Worker takes, the file's where a file owns it, and the Worker runs that
 * very one. One isolate's memory tells nothing of it: it keeps the last good one, and every isolate that
 * starts reads KV.
 */
export function checkStored(questions: StoredQuestions): Promise<Check> {
  const { spec, stored, remedy, countsUses, matching } = questions;
  return check({ name: "integration configuration in KV" }, () => {
    if (stored.kind === "unknown") throw new NotTried(stored.why, READ_TOKEN);
    if (stored.kind === "no-namespace") {
      throw new CheckFailed(
        `the account has no KV namespace ${spec.namespace.title}: starting isolates find no ` +
          "configuration, so nobody queues",
        `deploy again, which creates it again: npx queueit-cf deploy ${spec.environment}${afterwards(spec, remedy)}`,
      );
    }
    if (stored.kind === "no-value") {
      throw new CheckFailed(
        "KV has no value under info: starting isolates find no configuration, so nobody queues",
        remedy,
      );
    }
    const configuration = usable(stored.text, remedy);
    requireCounting(configuration, countsUses, remedy);
    if (spec.configuration.owner === "file" && stored.text !== spec.configuration.value) {
      throw new CheckFailed(
        `KV has ${words(configuration)}, and not what the environment's file says`,
        remedy,
      );
    }
    requireSame(configuration, stored.text, questions);
    const [warning, ...more] = configurationWarnings(configuration, matching);
    const note =
      warning === undefined
        ? ""
        : `; worth a look: ${warning.what} ` +
          `(${warning.remedy})${more.length === 0 ? "" : `, and ${more.length} more`}`;
    return `${words(configuration)}, ${compared(questions)}${note}`;
  });
}

const READ_TOKEN =
  "set CLOUDFLARE_API_TOKEN to a token that may read the account's KV (Account · Workers KV Storage · " +
  "Read), then verify again";

function afterwards({ configuration }: StoredQuestions["spec"], remedy: string): string {
  return configuration.owner === "file" ? "" : `; then ${remedy}`;
}

function usable(text: string, remedy: string): IntegrationConfiguration {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new CheckFailed(`KV holds a text that is not JSON: ${UNUSABLE}`, remedy);
  }
  const checked = checkConfiguration(value);
  if (checked.ok) return checked.configuration;
  const [first = "", ...more] = checked.reasons;
  const reasons = more.length === 0 ? first : `${first} (and ${more.length} more)`;
  throw new CheckFailed(`KV holds a configuration that the Worker refuses, ${reasons}: ${UNUSABLE}`, remedy);
}

const UNUSABLE =
  "running isolates keep the last good one, and starting ones leave out what they cannot use, so pages may be open";

function requireCounting(
  { Integrations: actions }: IntegrationConfiguration,
  countsUses: boolean,
  remedy: string,
): void {
  const counting = (actions ?? []).find(
    ({ VerifyQueueIdEnabled: verifies, ActionType: type }) => verifies === true && type === "Queue",
  );
  if (counting === undefined || countsUses) return;
  throw new CheckFailed(
    `action ${counting.Name ?? counting.EventId ?? ""} of KV's configuration has VerifyQueueIdEnabled, ` +
      "which the Worker refuses: no address is set for counting the uses of a queue id",
    `set queueIt.verifyAction in the environment and deploy, or switch it off and ${remedy}`,
  );
}

/** @throws CheckFailed when a Worker that was asked runs another one. */
function requireSame(
  configuration: IntegrationConfiguration,
  text: string,
  questions: StoredQuestions,
): void {
  const { asked, storedAction, secretKey, ttlSeconds, remedy } = questions;
  const hash = configurationHash(text, secretKey);
  const actions = configuration.Integrations?.length ?? 0;
  for (const { url, status } of asked) {
    if (typeof status === "string") continue;
    const { configuration: held, action } = status;
    const differs = (what: string): CheckFailed =>
      new CheckFailed(
        `KV has ${words(configuration)}, and the Worker at ${url} runs ${what}`,
        `wait ${ttlSeconds} seconds, after which isolates look at KV again, and verify; if it stays, ${remedy}`,
      );
    if (held === null) throw differs("none");
    if (held.version !== configuration.Version || held.actions !== actions) {
      throw differs(`version ${held.version} with ${held.actions} actions`);
    }
    const stored = storedAction(new URL(url));
    const [inKv, runs] = [
      typeof stored === "object"
        ? [stored.name, stored.type, stored.waitingRoom ?? "", stored.queueDomain]
        : [],
      action === null ? [] : [action.name, action.type, action.waitingRoom, action.queueDomain],
    ];
    if (stored !== undefined && inKv.join("\n") !== runs.join("\n")) {
      throw differs(
        `another one of the same version: there ${actionWords(action)} applies, by KV ` +
          actionWords(typeof stored === "object" ? stored : null),
      );
    }
    // What differs may be the action of a page that nobody asked for.
    if (held.hash !== undefined && held.hash !== hash) throw differs("another one of the same version");
  }
}

function actionWords(
  action: {
    readonly name: string;
    readonly type: string;
    readonly waitingRoom?: string | undefined;
    readonly queueDomain?: string;
  } | null,
): string {
  if (action === null) return "no action";
  return `action ${action.name} (${action.type}, ${action.waitingRoom ?? ""} at ${action.queueDomain ?? ""})`;
}

function words({ Version: version, Integrations: actions }: IntegrationConfiguration): string {
  const count = actions?.length ?? 0;
  return `version ${version} with ${counted(count, "action")}`;
}

function compared({ asked }: StoredQuestions): string {
  const count = asked.filter(({ status }) => typeof status !== "string").length;
  if (count === 0) return "which the Worker accepts; what the Worker runs cannot be queried";
  return `the same as the Worker runs (compared at ${counted(count, "page")})`;
}
