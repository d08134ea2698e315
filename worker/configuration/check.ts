import { checkAction } from "./check-action.ts";
import { checkEach, textOf, type Report, type Reports } from "./check-report.ts";
import { isObject, type Fields } from "./fields.ts";
import type { IntegrationConfiguration } from "./integration-configuration.ts";
import { isWaitingRoomId } from "./names.ts";

export type ConfigurationCheck =
  | { readonly ok: true; readonly configuration: IntegrationConfiguration }
  | {
      readonly ok: false;
      readonly reasons: readonly string[];
      /** What is left without what the SDK cannot work with; undefined when that is nothing. */
      readonly usable: IntegrationConfiguration | undefined;
    };

/**
 * Checks that a value is an integration configuration which the SDK can work with, and names every place
 * where it is not. Properties, validators and operators that are not known here are allowed: Queue-it may add
 * some, and the SDK ignores them.
 *
 * Pure and free of platform types: the Worker checks what it is given, and `infra/` what it is about to
 * deploy.
 */
export function checkConfiguration(value: unknown): ConfigurationCheck {
  const reasons: string[] = [];
  let broken = 0;
  const unfit: Report = (place, name, problem) => {
    reasons.push(`${textOf(place, name)}: ${problem}`);
  };
  const reports: Reports = {
    unfit,
    broken: (place, name, problem) => {
      broken++;
      unfit(place, name, problem);
    },
  };
  if (!isObject(value)) {
    reports.broken(undefined, "configuration", "must be a JSON object");
    return { ok: false, reasons, usable: undefined };
  }
  checkRoot(value, reports.broken);
  const rootIsSound = broken === 0;
  const kept: unknown[] = [];
  if (Array.isArray(value["Integrations"])) {
    checkEach(value["Integrations"], "Integrations", undefined, reports.broken, (action, place) => {
      const before = broken;
      checkAction(action, place, reports);
      if (broken === before) kept.push(withUsableRooms(action));
    });
  }
  // The checks above are the proof of these types.
  if (reasons.length === 0) return { ok: true, configuration: value as unknown as IntegrationConfiguration };
  const isUsable = rootIsSound && kept.length > 0;
  const usable = { ...value, Integrations: kept } as unknown as IntegrationConfiguration;
  return { ok: false, reasons, usable: isUsable ? usable : undefined };
}

/**
 * The waiting room itself keeps visitors out, whatever is wrong with the others whose sessions count, too.
 */
function withUsableRooms(action: Fields): Fields {
  const involved = action["InvolvedWaitingRoomIds"];
  if (!Array.isArray(involved)) return action;
  return { ...action, InvolvedWaitingRoomIds: involved.filter(isWaitingRoomId) };
}

function checkRoot(root: Fields, report: Report): void {
  const actions = root["Integrations"] ?? [];
  const version = root["Version"];
  if (!Array.isArray(actions)) report(undefined, "Integrations", "must be a list of actions");
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 0) {
    report(undefined, "Version", "must be a whole number that is not negative");
  } else if (version === 0 && Array.isArray(actions) && actions.length > 0) {
    report(undefined, "Version", "must be at least 1 when there are actions");
  }
}
