import { checkConfiguration } from "../../../worker/configuration-check.ts";
import type { Action, IntegrationConfiguration } from "../../../worker/configuration.ts";
import type { CookieValidity } from "./queue-token.ts";

/** What became of a new configuration. */
export type ConfigurationChange =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly reasons: readonly string[] };

/** Where the account's integration configuration is edited: holds the current one, valid at all times. */
export class ConfigurationDesk {
  #current: IntegrationConfiguration;

  /** @throws Error when the first configuration is not valid. */
  constructor(first: unknown) {
    const check = checkConfiguration(first);
    if (!check.ok)
      throw new Error(`The first integration configuration is not valid: ${check.reasons.join("; ")}`);
    this.#current = check.configuration;
  }

  /** The configuration as it is published. */
  get json(): string {
    return JSON.stringify(this.#current, null, 2);
  }

  get version(): number {
    return this.#current.Version;
  }

  /** Takes a new configuration under the next version, whatever version it names; or says what is wrong with it. */
  change(json: string): ConfigurationChange {
    let value: unknown;
    try {
      value = JSON.parse(json);
    } catch (error) {
      return {
        ok: false,
        reasons: [`This is not JSON: ${error instanceof Error ? error.message : String(error)}`],
      };
    }
    const check = checkConfiguration(value);
    if (!check.ok) return check;
    if (!canBeWritten(check.configuration)) {
      return { ok: false, reasons: ["This is nested too deep: nothing could write it down again."] };
    }
    this.#current = { ...check.configuration, Version: this.#current.Version + 1 };
    return { ok: true, version: this.#current.Version };
  }

  /** Waiting rooms that visitors can be sent to. */
  waitingRooms(): readonly string[] {
    return [...new Set(this.#queueActions().flatMap(({ EventId }) => EventId ?? []))];
  }

  /** How long a session lasts: as the action says that sent the visitor, or another one of the same waiting room. */
  cookieValidity(waitingRoomId: string, actionName: string | undefined): CookieValidity {
    const ofRoom = this.#queueActions().filter(({ EventId }) => EventId === waitingRoomId);
    const action: ActionWithCookie | undefined = ofRoom.find(({ Name }) => Name === actionName) ?? ofRoom[0];
    return action?.ExtendCookieValidity === false
      ? { kind: "fixed", minutes: action.CookieValidityMinute ?? 20 }
      : { kind: "extendable" };
  }

  #queueActions(): readonly Action[] {
    return (this.#current.Integrations ?? []).filter(({ ActionType }) => ActionType === "Queue");
  }
}

/** What was parsed may still end the stack when it is written, which everything after this relies on. */
function canBeWritten(configuration: IntegrationConfiguration): boolean {
  try {
    JSON.stringify(configuration, null, 2);
    return true;
  } catch {
    return false;
  }
}

/** The platform looks at one property more than the Worker does. */
interface ActionWithCookie extends Action {
  readonly ExtendCookieValidity?: boolean | null;
}
