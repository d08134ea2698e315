import { literalsOf } from "../../../worker/configuration/doubts.ts";
import type { TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { Subject } from "../../../worker/visitor/visit.ts";
import { type Condition, conditionOf, isSameSubject, type SubjectName } from "./condition.ts";

/**
 * Whether no request fulfils all of these conditions. True is a proof; false says only that none was found. A property
 * test compares it with the Worker's own matching.
 */
export function canNeverHold(conditions: readonly Condition[]): boolean {
  return subjectsOf(conditions).some((subject) => isImpossible(subject, conditions));
}

/** The fewest of the conditions that exclude each other; undefined where no contradiction was found. */
export function contradictionIn(conditions: readonly Condition[]): readonly Condition[] | undefined {
  if (!canNeverHold(conditions)) return undefined;
  const alone = conditions.find((condition) => canNeverHold([condition]));
  if (alone !== undefined) return [alone];
  for (const [index, one] of conditions.entries()) {
    const other = conditions.slice(index + 1).find((candidate) => canNeverHold([one, candidate]));
    if (other !== undefined) return [one, other];
  }
  return conditions;
}

/** Whether every request that fulfils the conditions fulfils this one too. True is a proof. */
export function implies(conditions: readonly Condition[], condition: Condition): boolean {
  const negation = negated(condition);
  if (negation === "never") return true;
  return negation !== undefined && canNeverHold([...conditions, negation]);
}

/**
 * The condition that holds exactly where another does not; undefined where there is none, `never` where the other always
 * holds. `Contains *` is the one comparison that IsNegative does not turn round.
 */
function negated({ part, subject }: Condition): Condition | "never" | undefined {
  if (subject.kind === "unknown") return undefined;
  const isNegative = part.IsNegative === true;
  const isAnything = part.Operator === "Contains" && part.ValueToCompare === "*";
  if (isAnything && isNegative) return "never";
  const opposite: TriggerPart = isAnything
    ? { ...part, Operator: "Equals", ValueToCompare: "" }
    : { ...part, IsNegative: !isNegative };
  return { ...conditionOf(opposite, {}), subject };
}

function subjectsOf(conditions: readonly Condition[]): readonly SubjectName[] {
  return conditions
    .map(({ subject }) => subject)
    .filter((subject, index, all) => all.findIndex((other) => isSameSubject(other, subject)) === index);
}

function isImpossible(subject: SubjectName, conditions: readonly Condition[]): boolean {
  if (subject.kind === "unknown") return true;
  const own = conditions.filter((condition) => isSameSubject(condition.subject, subject));
  if (subject.kind === "nothing") return !own.every(({ holds }) => holds(new Subject("")));
  const values = exactValues(own);
  if (values !== undefined) {
    return !values.some((value) => isPossible(subject, value) && fulfils(value, own));
  }
  if (own.some(isNeverTrue)) return true;
  const upperValues = exactUpperValues(own);
  if (upperValues !== undefined) {
    return !upperValues.some((value) => isPossible(subject, value) && fulfilsInUpperCase(value, own));
  }
  const excluded = own.flatMap(excludedTexts);
  return requiredTexts(subject, conditions).some((alternatives) =>
    alternatives.every(
      (text) => !canBeIn(subject, text.literal) || excluded.some((other) => contains(text, other)),
    ),
  );
}

function fulfils(value: string, conditions: readonly Condition[]): boolean {
  const subject = new Subject(value);
  return conditions.every(({ holds }) => holds(subject));
}

/** The only values that the text can have; undefined where the conditions do not say. */
function exactValues(conditions: readonly Condition[]): readonly string[] | undefined {
  for (const { part } of conditions) {
    const isNegative = part.IsNegative === true;
    const isEqual = part.Operator === "Equals" || part.Operator === "EqualsAny";
    if (isEqual && !isNegative && part.IsIgnoreCase !== true) return literalsOf(part);
    // "Contains none of *" holds for the empty text alone.
    if (part.Operator === "ContainsAny" && isNegative && literalsOf(part).includes("*")) return [""];
  }
  return undefined;
}

/** The only values that the text can have in upper case; undefined where the conditions do not say. */
function exactUpperValues(conditions: readonly Condition[]): readonly string[] | undefined {
  const equal = conditions.find(
    ({ part }) => (part.Operator === "Equals" || part.Operator === "EqualsAny") && part.IsNegative !== true,
  );
  return equal && literalsOf(equal.part).map((literal) => literal.toUpperCase());
}

/** Whether a text with these upper-case letters may fulfil the conditions: in doubt, yes. */
function fulfilsInUpperCase(upper: string, conditions: readonly Condition[]): boolean {
  if (upper.toUpperCase() !== upper) return true;
  const subject = new Subject(upper);
  return conditions.every(({ part, holds }) => {
    if (part.IsIgnoreCase === true) return holds(subject);
    const needed = part.IsNegative === true ? undefined : textsToContain(part);
    return (
      needed?.some(({ literal }) => !literal.isWellFormed() || upper.includes(literal.toUpperCase())) ?? true
    );
  });
}

/** Whether the comparison fails for every text. */
function isNeverTrue({ part }: Condition): boolean {
  const literals = literalsOf(part);
  const isNegative = part.IsNegative === true;
  if (part.Operator === "EqualsAny" || part.Operator === "ContainsAny") {
    if (literals.length === 0 && !isNegative) return true;
  }
  const isContained = part.Operator === "Contains" || part.Operator === "ContainsAny";
  return isContained && isNegative && literals.includes("");
}

/** A literal, and whether it is compared without regard to case. */
interface Text {
  readonly literal: string;
  readonly ignoresCase: boolean;
}

/** Texts of which one is in the subject when the part holds; undefined where it does not say. */
function textsToContain(part: TriggerPart): readonly Text[] | undefined {
  if (part.Operator !== "Contains" && part.Operator !== "ContainsAny") return undefined;
  const literals = literalsOf(part);
  if (literals.includes("") || literals.includes("*")) return undefined;
  return literals.map((literal) => ({ literal, ignoresCase: part.IsIgnoreCase === true }));
}

function excludedTexts({ part }: Condition): readonly Text[] {
  return part.IsNegative === true ? (textsToContain(part) ?? []) : [];
}

/** What every URL of a request has in it. */
const ALWAYS: Readonly<Partial<Record<SubjectName["kind"], readonly string[]>>> = {
  url: ["http", "://", "/"],
  path: ["/"],
};

/** Lists of texts, of each of which one is in the subject. */
function requiredTexts(subject: SubjectName, conditions: readonly Condition[]): readonly (readonly Text[])[] {
  const always = ALWAYS[subject.kind]?.map((literal) => [{ literal, ignoresCase: false }]) ?? [];
  const said = conditions.flatMap((condition) => {
    const { part, subject: other } = condition;
    if (part.IsNegative === true || !isPartOf(other, subject)) return [];
    const isEqual = part.Operator === "Equals" || part.Operator === "EqualsAny";
    const ignoresCase = part.IsIgnoreCase === true;
    const texts = isEqual
      ? literalsOf(part).map((literal) => ({ literal, ignoresCase }))
      : textsToContain(part);
    return texts === undefined ? [] : [texts];
  });
  return [...always, ...said];
}

/** Host and path are cut out of the URL, so what is in them is in it. */
function isPartOf(one: SubjectName, whole: SubjectName): boolean {
  if (isSameSubject(one, whole)) return true;
  return whole.kind === "url" && (one.kind === "host" || one.kind === "path") && one.of === whole.of;
}

/** Whether every text that contains the one contains the other. */
function contains(one: Text, other: Text): boolean {
  if (!one.literal.isWellFormed())
    return !one.ignoresCase && !other.ignoresCase && one.literal.includes(other.literal);
  if (other.ignoresCase) return one.literal.toUpperCase().includes(other.literal.toUpperCase());
  return !one.ignoresCase && one.literal.includes(other.literal);
}

/** Whether the URL of a request may have a text in this part of it. */
function canBeIn({ kind }: SubjectName, literal: string): boolean {
  if (kind === "host") return !/[/?#]/.test(literal);
  if (kind === "path") return !/[?#]/.test(literal);
  return true;
}

/** Whether the URL of a request may have this value for the whole part. */
function isPossible({ kind }: SubjectName, value: string): boolean {
  return POSSIBLE[kind]?.test(value) ?? true;
}

const POSSIBLE: Readonly<Partial<Record<SubjectName["kind"], RegExp>>> = {
  host: /^[^/?#]+$/,
  path: /^\/[^?#]*$/,
  url: /^https?:\/\/[^/?#]+\//i,
};
