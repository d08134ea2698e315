import { LosslessNumber, stringify } from "lossless-json";
import { SecretForms } from "../secrets/forms.ts";
import { looksLikeSecret } from "../secrets/looks-like-secret.ts";
import { Secret } from "./secret.ts";
import { ownValue, type PlanObject, type PlanValue, UNKNOWN } from "./value.ts";

/** What Terraform says beside a value: `true` for all of it, or an object or list of the same form. */
export interface Marks {
  readonly sensitive: unknown;
  readonly unknown: unknown;
}

const HIDDEN = "(hidden: it holds a secret";

/**
 * Turns JSON of a plan into values that are safe to hand around. Sensitive are: what Terraform marks so, the
 * text of every `secret_text` binding, every text that holds the value of a sensitive variable, and what has
 * the form of a secret. The text of a `plain_text` binding is not, though the provider marks it.
 */
export class Masking {
  readonly #known: ReadonlySet<string>;
  readonly #forms: readonly SecretForms[];
  /** The same large text is in a plan several times: before, after, planned and in the state. */
  readonly #looked = new Map<string, boolean>();
  /**
   * What is said instead of names and other texts of a plan, each its own: two that became one would hide one
   * of them.
   */
  readonly #said = new Map<string, string>();

  /** @param known Values that are secret wherever they turn up. */
  constructor(known: Iterable<string>) {
    this.#known = new Set([...known].filter((value) => value.trim() !== ""));
    this.#forms = [...this.#known].map((value) => new SecretForms(value));
  }

  value(value: unknown, marks: Marks): PlanValue {
    if (marks.unknown === true) return UNKNOWN;
    if (value === null || value === undefined) return this.#objectOfUnknowns(marks.unknown);
    if (marks.sensitive === true) return isBindings(value) ? value.map(hiddenBinding) : secretOf(value);
    if (typeof value === "string") return this.#holdsSecret(value) ? new Secret(value) : value;
    if (value instanceof LosslessNumber) return this.#known.has(value.value) ? secretOf(value) : value;
    if (typeof value === "number" || typeof value === "boolean") {
      return this.#known.has(String(value)) ? secretOf(value) : value;
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => this.value(item, marksAt(marks, index)));
    }
    return typeof value === "object" ? this.object(value as Record<string, unknown>, marks) : null;
  }

  object(value: Readonly<Record<string, unknown>>, marks: Marks): PlanObject {
    // Sorted, so that what is hidden is counted alike wherever it stands.
    const names = [...new Set([...Object.keys(value), ...namesOf(marks.unknown)])].sort();
    const text = marksAt(marks, "text");
    const bindingMarks: Marks | undefined =
      value["type"] === "secret_text"
        ? { ...text, sensitive: true }
        : value["type"] === "plain_text"
          ? { ...text, sensitive: false }
          : undefined;
    const fields = names.map((name) => {
      const own = name === "text" && bindingMarks !== undefined ? bindingMarks : marksAt(marks, name);
      return [this.text(name), this.value(ownValue(value, name), own)] as const;
    });
    return Object.fromEntries(fields);
  }

  /** A text of the plan's own, such as the message of a failed condition. Different texts stay different. */
  text(value: string): string {
    // A plan may have a name that is written like ours.
    if (!value.startsWith(HIDDEN) && !this.#holdsSecret(value)) return value;
    const known = this.#said.get(value);
    if (known !== undefined) return known;
    const number = this.#said.size + 1;
    const said = number === 1 ? `${HIDDEN})` : `${HIDDEN}, number ${number})`;
    this.#said.set(value, said);
    return said;
  }

  /** Every text that {@link text} has hidden. */
  get hiddenTexts(): readonly Secret[] {
    return [...this.#said.keys()].sort().map((text) => new Secret(text));
  }

  #objectOfUnknowns(unknown: unknown): PlanValue {
    return namesOf(unknown).length === 0 ? null : this.object({}, { sensitive: false, unknown });
  }

  #holdsSecret(text: string): boolean {
    const looked =
      this.#looked.get(text) ?? (looksLikeSecret(text) || this.#forms.some((forms) => forms.isIn(text)));
    this.#looked.set(text, looked);
    return looked;
  }
}

interface Binding {
  readonly type: string;
  readonly name: string;
}

/** Whether a value is the list of a Worker's bindings. */
function isBindings(value: unknown): value is readonly (Binding & Readonly<Record<string, unknown>>)[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (item: unknown) =>
        typeof item === "object" &&
        item !== null &&
        "type" in item &&
        "name" in item &&
        typeof item.type === "string" &&
        typeof item.name === "string",
    )
  );
}

/**
 * One sensitive value marks the whole list where it is computed; which bindings there are is still no secret.
 */
function hiddenBinding({ type, name, ...rest }: Binding & Readonly<Record<string, unknown>>): PlanObject {
  const hidden = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined);
  return { type, name, ...Object.fromEntries(hidden.map(([key, value]) => [key, secretOf(value)])) };
}

function secretOf(value: unknown): Secret {
  return new Secret(typeof value === "string" ? value : (stringify(value) ?? ""));
}

function marksAt({ sensitive, unknown }: Marks, key: string | number): Marks {
  return { sensitive: markAt(sensitive, key), unknown: markAt(unknown, key) };
}

function markAt(mark: unknown, key: string | number): unknown {
  if (typeof mark === "boolean") return mark;
  return typeof mark === "object" && mark !== null
    ? ownValue(mark as Readonly<Record<string, unknown>>, String(key))
    : false;
}

/** Attributes that are only known as unknown: the plan leaves them out of the values. */
function namesOf(unknown: unknown): readonly string[] {
  if (typeof unknown !== "object" || unknown === null || Array.isArray(unknown)) return [];
  return Object.entries(unknown).flatMap(([name, mark]) => (isMarked(mark) ? [name] : []));
}

function isMarked(mark: unknown): boolean {
  if (typeof mark === "boolean") return mark;
  return typeof mark === "object" && mark !== null && Object.values(mark).some(isMarked);
}
