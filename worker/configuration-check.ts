import type { IntegrationConfiguration } from "./configuration.ts";

export type ConfigurationCheck =
  | { readonly ok: true; readonly configuration: IntegrationConfiguration }
  | { readonly ok: false; readonly reasons: readonly string[] };

type Fields = Readonly<Record<string, unknown>>;
type Report = (path: string, problem: string) => void;

/**
 * Checks that a value is an integration configuration which the SDK can work with, and names every place where
 * it is not. Properties, validators and operators that are not known here are allowed: Queue-it may add some, and
 * the SDK ignores them.
 *
 * Pure and free of platform types: the Worker checks what it is given, and `infra/` what it is about to deploy.
 */
export function checkConfiguration(value: unknown): ConfigurationCheck {
  const reasons: string[] = [];
  const report: Report = (path, problem) => reasons.push(`${path}: ${problem}`);
  if (isObject(value)) checkRoot(value, report);
  else report("configuration", "must be a JSON object");
  // The checks above are the proof of this type.
  return reasons.length === 0
    ? { ok: true, configuration: value as IntegrationConfiguration }
    : { ok: false, reasons };
}

function checkRoot(root: Fields, report: Report): void {
  const actions = root["Integrations"] ?? [];
  const version = root["Version"];
  if (!Array.isArray(actions)) {
    report("Integrations", "must be a list of actions");
  } else {
    actions.forEach((action: unknown, index) => {
      eachObject(action, `Integrations[${index}]`, report, checkAction);
    });
  }
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 0) {
    report("Version", "must be a whole number that is not negative");
  } else if (version === 0 && Array.isArray(actions) && actions.length > 0) {
    report("Version", "must be at least 1 when there are actions");
  }
}

function checkAction(action: Fields, path: string, report: Report): void {
  const type = action["ActionType"];
  if (typeof type !== "string" || type === "")
    report(`${path}.ActionType`, "must be a text such as Queue, Cancel or Ignore");
  for (const name of [
    "Name",
    "LayoutName",
    "Culture",
    "RedirectLogic",
    "ForcedTargetUrl",
    "QueuePathPrefix",
  ]) {
    if (!isOptional(action[name], "string")) report(`${path}.${name}`, "must be a text");
  }
  for (const name of [
    "IsCookieHttpOnly",
    "IsCookieSecure",
    "ExtendCookieValidity",
    "VerifyQueueIdEnabled",
    "IsNormalizationEnabled",
  ]) {
    if (!isOptional(action[name], "boolean")) report(`${path}.${name}`, "must be true or false");
  }
  if (!isOptional(action["QueueIdUsageLimit"], "number"))
    report(`${path}.QueueIdUsageLimit`, "must be a number");
  checkWaitingRooms(action, path, report);
  if (type === "Queue" || type === "Cancel") checkCookieDomain(action, path, report);
  if (type === "Queue" && !isPositive(action["CookieValidityMinute"])) {
    report(`${path}.CookieValidityMinute`, "must be a number of minutes greater than 0");
  }
  checkTriggers(action["Triggers"], path, report);
}

function checkWaitingRooms(action: Fields, path: string, report: Report): void {
  const type = action["ActionType"];
  const id = action["EventId"] ?? "";
  const involved = action["InvolvedWaitingRoomIds"] ?? [];
  if (typeof id !== "string" || !isCookieSafe(id))
    report(`${path}.EventId`, "must be a text that fits into the name of a cookie");
  if (!Array.isArray(involved)) {
    report(`${path}.InvolvedWaitingRoomIds`, "must be a list of waiting room ids");
  } else {
    involved.forEach((room: unknown, index) => {
      if (typeof room === "string" && room !== "" && isCookieSafe(room)) return;
      report(
        `${path}.InvolvedWaitingRoomIds[${index}]`,
        "must be a text that fits into the name of a cookie",
      );
    });
  }
  if (type === "Queue" && id === "") report(`${path}.EventId`, "must name the waiting room");
  if (type === "Cancel" && id === "" && Array.isArray(involved) && involved.length === 0) {
    report(`${path}.EventId`, "must name the waiting room, unless InvolvedWaitingRoomIds does");
  }
  const needsDomain = type === "Queue" || type === "Cancel";
  const domain = action["QueueDomain"];
  if (needsDomain && (typeof domain !== "string" || !/^[^\s/?#@\\]+\/?$/.test(domain))) {
    report(`${path}.QueueDomain`, "must be the host name of the waiting room");
  }
}

function checkCookieDomain(action: Fields, path: string, report: Report): void {
  const domain = action["CookieDomain"] ?? "";
  if (typeof domain !== "string" || !isCookieSafe(domain)) report(`${path}.CookieDomain`, "must be a domain");
}

function checkTriggers(triggers: unknown, path: string, report: Report): void {
  if (!Array.isArray(triggers)) {
    report(`${path}.Triggers`, "must be a list of triggers");
    return;
  }
  triggers.forEach((trigger: unknown, index) => {
    eachObject(trigger, `${path}.Triggers[${index}]`, report, checkTrigger);
  });
}

function checkTrigger(trigger: Fields, path: string, report: Report): void {
  const parts = trigger["TriggerParts"];
  if (!isOptional(trigger["LogicalOperator"], "string"))
    report(`${path}.LogicalOperator`, "must be And or Or");
  if (!Array.isArray(parts)) {
    report(`${path}.TriggerParts`, "must be a list");
    return;
  }
  parts.forEach((part: unknown, index) => {
    eachObject(part, `${path}.TriggerParts[${index}]`, report, checkPart);
  });
}

function checkPart(part: Fields, path: string, report: Report): void {
  for (const name of [
    "ValidatorType",
    "Operator",
    "ValueToCompare",
    "UrlPart",
    "CookieName",
    "HttpHeaderName",
  ]) {
    if (!isOptional(part[name], "string")) report(`${path}.${name}`, "must be a text");
  }
  for (const name of ["IsNegative", "IsIgnoreCase"]) {
    if (!isOptional(part[name], "boolean")) report(`${path}.${name}`, "must be true or false");
  }
  if (part["ValidatorType"] === "CookieValidator" && !part["CookieName"]) {
    report(`${path}.CookieName`, "must name the cookie to compare");
  }
  if (part["ValidatorType"] === "HttpHeaderValidator" && !part["HttpHeaderName"]) {
    report(`${path}.HttpHeaderName`, "must name the header to compare");
  }
  const values = part["ValuesToCompare"] ?? [];
  if (!Array.isArray(values)) {
    report(`${path}.ValuesToCompare`, "must be a list of texts");
    return;
  }
  values.forEach((value: unknown, index) => {
    if (typeof value !== "string") report(`${path}.ValuesToCompare[${index}]`, "must be a text");
  });
}

function eachObject(
  value: unknown,
  path: string,
  report: Report,
  check: (fields: Fields, path: string, report: Report) => void,
): void {
  if (isObject(value)) check(value, path, report);
  else report(path, "must be an object");
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptional(value: unknown, type: "string" | "boolean" | "number"): boolean {
  return value === undefined || value === null || typeof value === type;
}

function isPositive(value: unknown): boolean {
  return typeof value === "number" && value > 0;
}

function isCookieSafe(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text) && !/[;,="\\]/.test(text);
}
