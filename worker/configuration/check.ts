import type { IntegrationConfiguration } from "../integration-configuration.ts";

export type ConfigurationCheck =
  | { readonly ok: true; readonly configuration: IntegrationConfiguration }
  | {
      readonly ok: false;
      readonly reasons: readonly string[];
      /** What is left without what the SDK cannot work with; undefined when that is nothing. */
      readonly usable: IntegrationConfiguration | undefined;
    };

type Fields = Readonly<Record<string, unknown>>;
/** An element of a list, the one that is being checked. Its text is made only when there is something to report. */
interface Place {
  readonly parent: Place | undefined;
  readonly list: string;
  index: number;
}

/** Takes the place of an object, undefined for the configuration itself, and the name of one of its properties. */
type Report = (place: Place | undefined, name: string, problem: string) => void;

/**
 * `broken`: the SDK throws, or cannot be given it; the action goes. `unfit`: it cannot come out as it is meant, yet it
 * keeps visitors out; a configuration with it is refused, but one that is in use already keeps it.
 */
interface Reports {
  readonly broken: Report;
  readonly unfit: Report;
}

const ACTION_TEXTS = ["Name", "LayoutName", "Culture", "RedirectLogic", "ForcedTargetUrl", "QueuePathPrefix"];
const ACTION_FLAGS = [
  "IsCookieHttpOnly",
  "IsCookieSecure",
  "ExtendCookieValidity",
  "VerifyQueueIdEnabled",
  "IsNormalizationEnabled",
];
const PART_TEXTS = ["ValidatorType", "Operator", "ValueToCompare", "UrlPart", "CookieName", "HttpHeaderName"];
const PART_FLAGS = ["IsNegative", "IsIgnoreCase"];

/**
 * Checks that a value is an integration configuration which the SDK can work with, and names every place where
 * it is not. Properties, validators and operators that are not known here are allowed: Queue-it may add some, and
 * the SDK ignores them.
 *
 * Pure and free of platform types: the Worker checks what it is given, and `infra/` what it is about to deploy.
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

/** The waiting room itself keeps visitors out, whatever is wrong with the others whose sessions count, too. */
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

function checkAction(action: Fields, place: Place, reports: Reports): void {
  const { broken, unfit } = reports;
  const type = action["ActionType"];
  if (typeof type !== "string" || type === "")
    broken(place, "ActionType", "must be a text such as Queue, Cancel or Ignore");
  for (const name of ACTION_TEXTS) {
    if (!isOptional(action[name], "string")) broken(place, name, "must be a text");
  }
  for (const name of ACTION_FLAGS) {
    if (!isOptional(action[name], "boolean")) broken(place, name, "must be true or false");
  }
  const limit = action["QueueIdUsageLimit"];
  if (!isOptional(limit, "number")) broken(place, "QueueIdUsageLimit", "must be a number");
  else if (type === "Queue" && action["VerifyQueueIdEnabled"] === true && !(isPositive(limit) && limit >= 1))
    unfit(place, "QueueIdUsageLimit", "must be at least 1 where VerifyQueueIdEnabled counts uses");
  checkWaitingRooms(action, place, reports);
  if (type === "Queue" || type === "Cancel") {
    checkAddress(action, place, reports);
    checkCookieDomain(action, place, reports);
  }
  if (type === "Queue" && !isPositive(action["CookieValidityMinute"])) {
    broken(place, "CookieValidityMinute", "must be a number of minutes greater than 0");
  }
  checkTriggers(action["Triggers"], place, broken);
}

function checkWaitingRooms(action: Fields, place: Place, { broken, unfit }: Reports): void {
  const type = action["ActionType"];
  const id = action["EventId"] ?? "";
  const involved = action["InvolvedWaitingRoomIds"] ?? [];
  if (typeof id !== "string" || !isCookieSafe(id)) broken(place, "EventId", WAITING_ROOM_ID);
  else if (id !== "" && !isWaitingRoomId(id)) unfit(place, "EventId", WAITING_ROOM_ID);
  if (!Array.isArray(involved)) {
    broken(place, "InvolvedWaitingRoomIds", "must be a list of waiting room ids");
  } else {
    involved.forEach((room: unknown, index) => {
      if (!isWaitingRoomId(room)) unfit(place, `InvolvedWaitingRoomIds[${index}]`, WAITING_ROOM_ID);
    });
  }
  if (type === "Queue" && id === "") broken(place, "EventId", "must name the waiting room");
  if (type === "Cancel" && id === "" && Array.isArray(involved) && !involved.some(isWaitingRoomId)) {
    broken(place, "EventId", "must name the waiting room, unless InvolvedWaitingRoomIds does");
  }
}

function checkAddress(action: Fields, place: Place, { broken, unfit }: Reports): void {
  const domain = action["QueueDomain"];
  if (typeof domain !== "string" || !/^[^\s/?#@\\]+\/?$/.test(domain))
    broken(place, "QueueDomain", QUEUE_DOMAIN);
  else if (!isHostName(domain)) unfit(place, "QueueDomain", QUEUE_DOMAIN);
  const prefix = action["QueuePathPrefix"] ?? "";
  if (typeof prefix === "string" && (!isVisibleAscii(prefix) || /[?#\\]/.test(prefix))) {
    unfit(place, "QueuePathPrefix", "must be a path in visible ASCII, without ? and # and \\");
  }
}

function checkCookieDomain(action: Fields, place: Place, { broken, unfit }: Reports): void {
  const domain = action["CookieDomain"] ?? "";
  if (typeof domain !== "string" || !isCookieSafe(domain)) broken(place, "CookieDomain", COOKIE_DOMAIN);
  else if (
    domain !== "" &&
    (domain.includes(":") || !HOST_NAME.test(domain.replace(/^\./, "").toLowerCase()))
  )
    unfit(place, "CookieDomain", COOKIE_DOMAIN);
}

function checkTriggers(triggers: unknown, place: Place, report: Report): void {
  if (!Array.isArray(triggers)) {
    report(place, "Triggers", "must be a list of triggers");
    return;
  }
  checkEach(triggers, "Triggers", place, report, checkTrigger);
}

function checkTrigger(trigger: Fields, place: Place, report: Report): void {
  const parts = trigger["TriggerParts"];
  if (!isOptional(trigger["LogicalOperator"], "string"))
    report(place, "LogicalOperator", "must be And or Or");
  if (!Array.isArray(parts)) {
    report(place, "TriggerParts", "must be a list");
    return;
  }
  checkEach(parts, "TriggerParts", place, report, checkPart);
}

function checkPart(part: Fields, place: Place, report: Report): void {
  for (const name of PART_TEXTS) {
    if (!isOptional(part[name], "string")) report(place, name, "must be a text");
  }
  for (const name of PART_FLAGS) {
    if (!isOptional(part[name], "boolean")) report(place, name, "must be true or false");
  }
  if (part["ValidatorType"] === "CookieValidator" && !part["CookieName"]) {
    report(place, "CookieName", "must name the cookie to compare");
  }
  if (part["ValidatorType"] === "HttpHeaderValidator" && !part["HttpHeaderName"]) {
    report(place, "HttpHeaderName", "must name the header to compare");
  }
  const values = part["ValuesToCompare"] ?? [];
  if (!Array.isArray(values)) {
    report(place, "ValuesToCompare", "must be a list of texts");
    return;
  }
  values.forEach((value: unknown, index) => {
    if (typeof value !== "string") report(place, `ValuesToCompare[${index}]`, "must be a text");
  });
}

function checkEach(
  values: readonly unknown[],
  list: string,
  parent: Place | undefined,
  report: Report,
  check: (fields: Fields, place: Place, report: Report) => void,
): void {
  const place: Place = { parent, list, index: 0 };
  for (const value of values) {
    if (isObject(value)) check(value, place, report);
    else report(parent, `${list}[${place.index}]`, "must be an object");
    place.index++;
  }
}

function textOf(place: Place | undefined, name: string): string {
  return place === undefined ? name : `${textOf(place.parent, `${place.list}[${place.index}]`)}.${name}`;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isOptional(value: unknown, type: "string" | "boolean" | "number"): boolean {
  return value === undefined || value === null || typeof value === type;
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && value > 0;
}

const WAITING_ROOM_ID = `must be a waiting room's id: up to 200 visible ASCII characters without _ ~ & = ; , " and \\`;
const QUEUE_DOMAIN = "must be the host name of the waiting room";
const COOKIE_DOMAIN = "must be a domain such as shop.example: browsers drop the session of any other";

/**
 * Tokens separate their fields by `~` and `_`, session cookies by `&` and `=`, a `Cookie` header by `;`. The id is in
 * the name of the session cookie and again in its value, of which browsers keep 4,096 characters. One that ends like a
 * queue id could be cut into another waiting room's id and a queue id.
 */
function isWaitingRoomId(value: unknown): boolean {
  if (typeof value !== "string" || value === "" || value.length > 200) return false;
  return isVisibleAscii(value) && !/[_~&=;,"\\]/.test(value) && !/.[\da-f]{8}(-[\da-f]{4}){3}-/i.test(value);
}

const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;

/** Nearly all actions name the same host, and splitting an address takes longer than the rest of the check. */
let lastHostName = "";

/** A host name in ASCII, perhaps with a port, as it stands in an address; the SDK takes one slash at its end. */
function isHostName(value: unknown): boolean {
  if (typeof value !== "string") return false;
  if (value === lastHostName) return true;
  const host = value.replace(/\/$/, "").toLowerCase();
  const address = `https://${host}/`;
  if (!HOST_NAME.test(host) || !URL.canParse(address)) return false;
  const { host: parsed } = new URL(address);
  // An address leaves out the standard port.
  if (parsed !== host && `${parsed}:443` !== host) return false;
  lastHostName = value;
  return true;
}

function isCookieSafe(text: string): boolean {
  return isVisibleAscii(text) && !/[;,="\\]/.test(text);
}

function isVisibleAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}
