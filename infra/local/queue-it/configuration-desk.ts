import { stringify } from "lossless-json";
import { checkConfiguration } from "../../../worker/configuration/check.ts";
import type {
  Action,
  IntegrationConfiguration,
} from "../../../worker/configuration/integration-configuration.ts";
import { readJson, UnreadableJson } from "../../json/read-json.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import type { CookieValidity } from "../../queue-it/queue-token.ts";

/** What became of a new configuration. */
export type ConfigurationChange =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reasons: readonly string[] };

/** Where the account's integration configuration is edited: holds the current one, valid at all times. */
export class ConfigurationDesk {
  #current: IntegrationConfiguration;
  /** The same as it is published, with every number as it was written. It may be of megabytes, and is asked for often. */
  #json: string;

  /** @throws Error when the first configuration is not valid. */
  constructor(first: unknown) {
    const check = checkConfiguration(first);
    if (!check.ok)
      throw new Error(`The first integration configuration is not valid: ${check.reasons.join("; ")}`);
    this.#current = check.configuration;
    this.#json = written(check.configuration);
  }

  /** The configuration as it is published. */
  get json(): string {
    return this.#json;
  }

  get version(): number {
    return this.#current.Version;
  }

  /**
   * Takes a new configuration under the next version, whatever version it names; or says what is wrong with
   * it.
   */
  change(json: string): ConfigurationChange {
    let exact: unknown;
    let value: unknown;
    try {
      value = JSON.parse(json);
      exact = readJson(json);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const what = error instanceof UnreadableJson ? "This cannot be published" : "This is not JSON";
      return { ok: false, reasons: [`${what}: ${reason}`] };
    }
    const check = checkConfiguration(value);
    if (!check.ok) return check;
    const version = { Version: this.#current.Version + 1 };
    this.#current = { ...check.configuration, ...version };
    this.#json = written({ ...(exact as object), ...version });
    return { ok: true, version: this.#current.Version };
  }

  /** Waiting rooms that visitors can be sent to. */
  waitingRooms(): readonly string[] {
    return [...new Set(this.#queueActions().flatMap(({ EventId }) => EventId ?? []))];
  }

  /**
   * How long a session lasts: as the action says that sent the visitor, or another one of the same waiting
   * room.
   */
  cookieValidity(waitingRoomId: string, actionName: string | undefined): CookieValidity {
    const ofRoom = this.#queueActions().filter(({ EventId }) => EventId === waitingRoomId);
    const action: ActionWithCookie | undefined = ofRoom.find(({ Name }) => Name === actionName) ?? ofRoom[0];
    return action?.ExtendCookieValidity === false
      ? { kind: "fixed", minutes: action.CookieValidityMinute ?? 20 }
      : { kind: "extendable" };
  }

  #queueActions(): readonly Action[] {
    return (this.#current.Integrations ?? []).filter(
      ({ ActionType }) => actionEffect(ActionType) === "Queue",
    );
  }
}

function written(configuration: object): string {
  return stringify(configuration, null, 2) ?? "";
}

/** The platform looks at one property more than the Worker does. */
interface ActionWithCookie extends Action {
  readonly ExtendCookieValidity?: boolean | null;
}
