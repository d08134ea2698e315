import type { ActionList } from "../configuration/action-list.ts";
import { ActionSearch } from "../matching/action-search.ts";
import type { ActionTables } from "../matching/action-tables.ts";
import { checkConfiguration, type ConfigurationCheck } from "../configuration/check.ts";
import type { Action, IntegrationConfiguration } from "../configuration/integration-configuration.ts";
import { Failure } from "../runtime/failure.ts";
import { logError } from "../runtime/log.ts";
import { readsBody } from "../matching/matcher.ts";
import type { Visit } from "../visitor/visit.ts";

/** An action that matched, and the configuration for the SDK that holds nothing but it. */
export interface MatchedAction {
  readonly action: Action;
  readonly sdkConfiguration: string;
  /** The version of the configuration. */
  readonly version: number;
}

const ALWAYS = [{ LogicalOperator: "And", TriggerParts: [] }];

/** What was found out about a configuration before, by whoever published it. */
export interface Preparation {
  readonly readsBody: boolean;
  readonly actions: ActionList;
  readonly tables: ActionTables;
}

/** An integration configuration, parsed, checked and prepared once; requests only ask it. */
export class CompiledConfiguration {
  readonly version: number;
  /** Whether a request body has to be looked at before matching. */
  readonly readsBody: boolean;
  /** For the SDK when no action matched. */
  readonly emptySdkConfiguration: string;
  readonly #search: ActionSearch;
  readonly #matched = new Map<Action, MatchedAction>();

  /**
   * @param text What it was read from, as it is in KV.
   * @param prepared Default: it is prepared here.
   */
  constructor(
    readonly configuration: IntegrationConfiguration,
    readonly text: string,
    prepared?: Preparation,
  ) {
    this.version = configuration.Version;
    const actions = prepared?.actions ?? configuration.Integrations ?? [];
    this.#search = new ActionSearch({ Integrations: actions }, prepared?.tables);
    this.readsBody = prepared?.readsBody ?? [...actions].some(readsBody);
    this.emptySdkConfiguration = JSON.stringify({ Version: this.version, Integrations: [] });
  }

  /** By what actions are found; made now, if that was not necessary yet. */
  get tables(): ActionTables {
    return this.#search.index.tables;
  }

  /** The first action that has a true trigger, as the SDK would choose it. */
  match(visit: Visit): MatchedAction | undefined {
    const action = this.#search.first(visit);
    return action && this.#prepared(action);
  }

  /** Made when the action first matches: of thousands of actions, few ever do. */
  #prepared(action: Action): MatchedAction {
    let matched = this.#matched.get(action);
    if (matched === undefined) {
      matched = {
        action,
        sdkConfiguration: JSON.stringify({
          Version: this.version,
          Integrations: [{ ...action, Triggers: ALWAYS }],
        }),
        version: this.version,
      };
      this.#matched.set(action, matched);
    }
    return matched;
  }
}

/**
 * Parses, checks and prepares the text of a configuration.
 * @throws Failure `configuration-invalid`, with every reason.
 */
export function compileConfiguration(text: string): CompiledConfiguration {
  const check = checkText(text);
  if (!check.ok) throw invalid(check.reasons);
  return new CompiledConfiguration(check.configuration, text);
}

/**
 * The same for a configuration that is in KV already, where refusing it would open every page: without the
 * actions that the SDK cannot work with. What is wrong is an error in the log; the pages of the other actions
 * stay protected.
 * @throws Failure `configuration-invalid` when nothing is left.
 */
export function compileWhatHolds(text: string): CompiledConfiguration {
  const check = checkText(text);
  if (check.ok) return new CompiledConfiguration(check.configuration, text);
  if (check.usable === undefined) throw invalid(check.reasons);
  logError({ event: "action-broken", reason: "configuration-invalid", detail: check.reasons.join("; ") });
  return new CompiledConfiguration(check.usable, text);
}

/**
 * The version of a configuration in KV; 0 for one that nothing can be done with, so that it keeps no good one
 * out.
 */
export function versionOf(text: string | null): number {
  const check = text === null ? undefined : checkText(text);
  const usable = check?.ok === true ? check.configuration : check?.usable;
  return usable?.Version ?? 0;
}

function checkText(text: string): ConfigurationCheck {
  try {
    // A file that somebody wrote to KV by hand may begin with a byte order mark.
    return checkConfiguration(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    // The parser's own message quotes the text.
    return { ok: false, reasons: ["The configuration is not JSON."], usable: undefined };
  }
}

function invalid(reasons: readonly string[]): Failure {
  return new Failure("configuration-invalid", reasons.join("; "));
}
