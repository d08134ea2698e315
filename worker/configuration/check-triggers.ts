import { checkEach, type Place, type Report } from "./check-report.ts";
import { isOptional, type Fields } from "./fields.ts";

const PART_TEXTS = ["ValidatorType", "Operator", "ValueToCompare", "UrlPart", "CookieName", "HttpHeaderName"];
const PART_FLAGS = ["IsNegative", "IsIgnoreCase"];

/** Checks the triggers of an action, and every part of them. */
export function checkTriggers(triggers: unknown, place: Place, report: Report): void {
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
