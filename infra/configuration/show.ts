import pc from "picocolors";
import stringWidth from "string-width";
import type {
  Action,
  IntegrationConfiguration,
} from "../../worker/configuration/integration-configuration.ts";
import { actionEffect, actionTypeWords } from "../queue-it/action-effect.ts";
import { printable } from "../text/printable.ts";
import { type Look, PLAIN } from "../text/look.ts";
import { padded, wrap } from "../text/wrap.ts";
import type { FoundConfiguration } from "./sources/found-configuration.ts";
import { inFormat } from "../json/format.ts";
import { CONFIG_SHOW } from "./show-format.ts";
import { counted } from "../text/counted.ts";
import { triggersOf } from "./words.ts";

/** An action as people read it. */
export interface ShownAction {
  /** From 1: the first that matches counts. */
  readonly order: number;
  readonly name: string;
  readonly type: string;
  /** Empty where nobody is sent there. */
  readonly waitingRoom: string;
  readonly queueDomain: string;
  /** How long a session lasts, in words; empty where none is issued. */
  readonly validity: string;
  /** The action applies where one of them is true. */
  readonly triggers: readonly string[];
  /** Whatever else changes what visitors meet. */
  readonly notes: readonly string[];
}

/** What of an action the Worker's own types leave to the SDK. */
interface WithCookie extends Action {
  readonly ExtendCookieValidity?: boolean | null;
  readonly CookieDomain?: string | null;
}

/** The actions of a configuration in their order. */
function shownActions({ Integrations }: IntegrationConfiguration): readonly ShownAction[] {
  return (Integrations ?? []).map((action: WithCookie, index) => {
    const effect = actionEffect(action.ActionType);
    const isQueue = effect === "Queue";
    return {
      order: index + 1,
      name: action.Name ?? action.EventId ?? "(unnamed)",
      type: actionTypeWords(action.ActionType),
      waitingRoom: effect === "Ignore" ? "" : (action.EventId ?? ""),
      queueDomain: effect === "Ignore" ? "" : (action.QueueDomain ?? ""),
      validity: isQueue ? validityOf(action) : "",
      triggers: triggersOf(action),
      notes: [
        ...(isQueue ? targetNotes(action) : []),
        ...roomNotes(action),
        ...(isQueue && (action.CookieDomain ?? "") !== ""
          ? [`cookie domain ${action.CookieDomain ?? ""}`]
          : []),
        ...(action.IsNormalizationEnabled === true ? ["triggers see the normalized URL"] : []),
        ...(isQueue && action.VerifyQueueIdEnabled === true ? ["uses of a queue id are counted"] : []),
      ],
    };
  });
}

function validityOf({ CookieValidityMinute: minutes, ExtendCookieValidity: extends_ }: WithCookie): string {
  return `${String(minutes ?? 0)} min${extends_ === true ? ", extended by each page" : ""}`;
}

function targetNotes({ RedirectLogic: logic, ForcedTargetUrl: forced }: Action): readonly string[] {
  if (logic === "ForcedTargetUrl") return [`visitors come back to ${forced ?? ""}`];
  return logic === "EventTargetUrl" ? ["visitors come back to the waiting room's own target"] : [];
}

function roomNotes({ InvolvedWaitingRoomIds: rooms }: Action): readonly string[] {
  return (rooms ?? []).length === 0 ? [] : [`sessions of ${(rooms ?? []).join(", ")} count too`];
}

/** The table for people: one line for each action, and below it when it applies. */
export function shownText({ source, configuration }: FoundConfiguration, look: Look = PLAIN): string {
  const paint = pc.createColors(look.colours);
  const { columns } = look;
  const actions = shownActions(configuration);
  const head = `${source}: version ${configuration.Version}, ${counted(actions.length, "action")}`;
  const lines = [...wrap("", printable(head), { columns }).map(paint.bold), ""];
  if (actions.length === 0) {
    return [...lines, ...wrap("", "It has no action: nobody queues.", { columns }), ""].join("\n");
  }
  const cells = actions.map(({ order, name, type, waitingRoom, validity }) =>
    [String(order), name, type, waitingRoom, validity].map(printable),
  );
  const rows = [["#", "Action", "Type", "Waiting room", "Session"], ...cells];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => stringWidth(row[column] ?? "")))) ?? [];
  const fits = widths.reduce((sum, width) => sum + width + 2, -2) <= columns;
  const line = (row: readonly string[]): readonly string[] => {
    if (fits)
      return [
        row
          .map((cell, column) => padded(cell, widths[column] ?? 0))
          .join("  ")
          .trimEnd(),
      ];
    const [order = "", ...rest] = row;
    return wrap(`${padded(order, widths[0] ?? 0)}  `, rest.filter((cell) => cell !== "").join(" · "), {
      columns,
    });
  };
  const indent = " ".repeat((widths[0] ?? 0) + 2);
  return [
    ...lines,
    ...(fits ? line(rows[0] ?? []).map(paint.dim) : []),
    ...actions.flatMap(({ triggers, notes, queueDomain }, index) => [
      ...line(cells[index] ?? []),
      ...(triggers.length === 0 ? [`${indent}never: it has no trigger`] : []),
      ...triggers.flatMap((trigger, place) =>
        wrap(`${indent}${place === 0 ? "when " : "or when "}`, printable(trigger), { columns }),
      ),
      ...[...(queueDomain === "" ? [] : [`at ${queueDomain}`]), ...notes].flatMap((note) =>
        wrap(indent, printable(note), { columns }).map(paint.dim),
      ),
    ]),
    "",
    ...wrap("", "The first action that matches a request counts; where none does, the site answers.", {
      columns,
    }).map(paint.dim),
    "",
  ].join("\n");
}

/** The same for programs. */
export function shownJson({ source, configuration, named }: FoundConfiguration): object {
  return inFormat(CONFIG_SHOW, {
    source,
    environment: named?.name,
    version: configuration.Version,
    actions: shownActions(configuration),
  });
}
