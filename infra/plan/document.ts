import type { ErrorCode } from "../errors/catalogue.ts";
import { UserError } from "../errors/user-error.ts";
import { DEEPEST, readJson, UnreadableJson } from "../json/read-json.ts";
import { KNOWN_PARTS, PLAN, type PlanJson } from "./schema.ts";

const HOW = "Make one with: terraform show -json <plan file> > plan.json";

export interface Document {
  /** It still holds secrets in clear. */
  readonly json: PlanJson;
  /** Names of parts that are not known here, in a form that may be printed. */
  readonly unknownParts: readonly string[];
}

/**
 * The JSON of a plan, checked for what is used of it.
 *
 * @throws UserError when it is something else, cut off, or of a format that is not known. It quotes nothing
 *   of it.
 */
export function readDocument(text: string): Document {
  const value = parseJson(text);
  requirePlan(value);
  const parsed = PLAN.safeParse(value);
  if (parsed.success) return { json: parsed.data, unknownParts: unknownPartsOf(value) };
  const places = parsed.error.issues
    .slice(0, 3)
    .map(({ path }) => path.filter(isSafeStep).join(".") || "the whole");
  throw refuse(
    "plan-foreign",
    `It claims to be a plan, but does not have the structure of one at ${places.join(", ")}.`,
  );
}

function parseJson(text: string): unknown {
  if (text.trim() === "") throw refuse("plan-empty", "It is empty.");
  if (text.startsWith("PK")) {
    throw refuse("plan-binary", "It is a saved plan in Terraform's own form, which only Terraform reads.");
  }
  try {
    return readJson(text);
  } catch (error) {
    const reason = error instanceof UnreadableJson ? error.reason : "syntax";
    if (reason === "depth") {
      throw refuse(
        "plan-too-deep",
        `It is nested more than ${DEEPEST} levels deep, and Terraform's plans never are.`,
      );
    }
    if (reason === "name-twice") {
      throw refuse(
        "plan-foreign",
        "One of its objects has the same name twice, so which one counts is unclear.",
      );
    }
    // The parser's own message quotes the text, which may hold a secret.
    const first = text.split("\n", 1)[0] ?? "";
    if (first.includes('"@level"')) {
      throw refuse("plan-log", "It is the log of terraform plan -json, not a plan.");
    }
    const cut = text.trimStart().startsWith("{");
    throw refuse("plan-not-json", cut ? "It begins like JSON but is cut off or damaged." : "It is not JSON.");
  }
}

function requirePlan(value: unknown): asserts value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw refuse("plan-foreign", "It is JSON, but not a plan.");
  }
  if ("lineage" in value && "serial" in value) throw refuse("plan-state", "It is a state file, not a plan.");
  if (!("format_version" in value) || typeof value.format_version !== "string") {
    throw refuse("plan-foreign", "It is JSON, but not a plan: it has no format_version.");
  }
  if (/^\d+$/.test(value.format_version)) {
    throw refuse(
      "plan-version",
      "Its format_version has no dot in it, and Terraform always writes two numbers, such as 1.2: " +
        "something else wrote it, or changed it.",
    );
  }
  const [, major] = /^(\d+)\.\d+$/.exec(value.format_version) ?? [];
  if (major !== "1") {
    const version = /^[\d.]{1,12}$/.test(value.format_version) ? value.format_version : "an unknown one";
    throw refuse(
      "plan-version",
      `Its format is ${version}, and this program reads 1.0 and later ones that begin with 1. Update ` +
        "queueit-cf, or use a Terraform it knows.",
    );
  }
  if ("provider_schemas" in value) throw refuse("plan-foreign", "It is a provider schema, not a plan.");
  if (!("planned_values" in value) && !("resource_changes" in value)) {
    throw refuse(
      "values" in value ? "plan-state" : "plan-foreign",
      "values" in value
        ? "It is the JSON of a state, not of a plan."
        : "It has no changes and no planned values.",
    );
  }
}

function unknownPartsOf(plan: object): readonly string[] {
  return Object.entries(plan).flatMap(([name, part]: [string, unknown]) =>
    KNOWN_PARTS.has(name) || isEmpty(part) ? [] : [isSafeStep(name) ? name : "(unnamed)"],
  );
}

function isEmpty(part: unknown): boolean {
  if (typeof part === "object" && part !== null) return Object.keys(part).length === 0;
  return part === null || part === false || part === "";
}

function refuse(code: ErrorCode, what: string): UserError {
  return new UserError(code, `This is not a plan that can be reported. ${what} ${HOW}`);
}

/** Names of the format itself may be printed; keys of maps inside it are the user's. */
function isSafeStep(step: PropertyKey): boolean {
  return typeof step === "number" || (typeof step === "string" && /^[a-z_]{1,30}$/.test(step));
}
