import type { Place, Reports } from "./check-report.ts";
import { checkTriggers } from "./check-triggers.ts";
import { isOptional, isPositive, type Fields } from "./fields.ts";
import { isCookieDomain, isCookieSafe, isHostName, isVisibleAscii, isWaitingRoomId } from "./names.ts";

const ACTION_TEXTS = ["Name", "LayoutName", "Culture", "RedirectLogic", "ForcedTargetUrl", "QueuePathPrefix"];
const ACTION_FLAGS = [
  "IsCookieHttpOnly",
  "IsCookieSecure",
  "ExtendCookieValidity",
  "VerifyQueueIdEnabled",
  "IsNormalizationEnabled",
];

const WAITING_ROOM_ID = `must be a waiting room's id: up to 200 visible ASCII characters without _ ~ & = ; , " and \\`;
const QUEUE_DOMAIN = "must be the host name of the waiting room";
const COOKIE_DOMAIN = "must be a domain such as shop.example: browsers drop the session of any other";

/** Checks one action. */
export function checkAction(action: Fields, place: Place, reports: Reports): void {
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
  else if (domain !== "" && !isCookieDomain(domain)) unfit(place, "CookieDomain", COOKIE_DOMAIN);
}
