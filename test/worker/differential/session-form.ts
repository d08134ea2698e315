import { hmac } from "../support/tokens.ts";

/**
 * The form of a session cookie, told field by field: the Worker's own words for it are regular expressions.
 */
const ORDER = ["EventId", "QueueId", "FixedValidityMins", "RedirectType", "IssueTime", "Hip", "Hash"];
const NEEDED = ["EventId", "RedirectType", "IssueTime", "Hash"];
const REDIRECT_TYPES = ["queue", "safetynet", "afterevent", "disabled", "directlink", "idle", "timeout"];
const HEX = /^[0-9a-f]+$/;
const DIGITS = /^[0-9]+$/;

/**
 * The value of a cookie; of a session cookie of another form one that is no session, of one of the future
 * none.
 */
export function withoutStretched(name: string, value: string | undefined): string | undefined {
  const [, room] = name.split("QueueITAccepted-SDFrts345E-V3_");
  if (room === undefined || value === undefined || value === "") return value;
  const [body = "", seal] = value.split("&Seal=");
  const fields = fieldsOf(body);
  const isOfRoom = fields?.["EventId"] === room.toLowerCase() && isTime(fields["IssueTime"]);
  const isSession = isOfRoom && (seal === undefined ? isPlain(fields) : seal === sealOf(body));
  if (!isSession) return "another form";
  return Number(fields["IssueTime"]) <= Date.now() / 1000 + 60 ? value : undefined;
}

/** A session cookie as the Worker sends it out. */
export function sealed(value: string): string {
  if (!value.startsWith("EventId=")) return value;
  const fields = fieldsOf(value);
  return fields !== undefined && isPlain(fields) ? value : `${value}&Seal=${sealOf(value)}`;
}

function sealOf(body: string): string {
  return hmac(["queueit-session", body].join("\n"));
}

type Fields = Readonly<Record<string, string>>;

function fieldsOf(value: string): Fields | undefined {
  const pairs = value.split("&").map((pair) => pair.split("="));
  if (pairs.some(({ length }) => length !== 2)) return undefined;
  const names = pairs.map(([name = ""]) => name);
  const inOrder = ORDER.filter((name) => names.includes(name));
  if (names.join() !== inOrder.join() || NEEDED.some((name) => !names.includes(name))) return undefined;
  const fields = Object.fromEntries(pairs) as Fields;
  if (fields["FixedValidityMins"] !== undefined && !DIGITS.test(fields["FixedValidityMins"]))
    return undefined;
  return isHash(fields["Hash"]) && (fields["Hip"] === undefined || isHash(fields["Hip"]))
    ? fields
    : undefined;
}

function isPlain(fields: Fields): boolean {
  const queueIdParts = (fields["QueueId"] ?? "").toLowerCase().split("-");
  return (
    queueIdParts.map(({ length }) => length).join() === "8,4,4,4,12" &&
    queueIdParts.every((part) => HEX.test(part)) &&
    (fields["FixedValidityMins"] ?? "").length <= 5 &&
    REDIRECT_TYPES.includes(fields["RedirectType"] ?? "")
  );
}

function isHash(text: string | undefined): boolean {
  return text?.length === 64 && HEX.test(text);
}

function isTime(issued: string | undefined): boolean {
  return issued?.length === 10 && DIGITS.test(issued);
}
