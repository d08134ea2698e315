import type { z } from "zod";
import { nearest } from "../../text/nearest.ts";
import { looksLikeSecret } from "../../secrets/looks-like-secret.ts";
import type { Fault } from "./fields.ts";
import { errorAt, type Finding } from "./problem.ts";
import { show } from "../../text/show.ts";
import { ENVIRONMENT } from "./schema.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Words that the name of a secret has. */
const SECRET_WORDS =
  /secret|api_?-?key|pass_?-?(word|key|phrase)|private_?-?key|access_?-?key|token|credential/i;

/** Everything that is wrong with single properties of what a file exports. */
export function structureFindings(environment: unknown): readonly Finding[] {
  const parsed = ENVIRONMENT.safeParse(environment);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => describe(issue, valueAt(environment, issue.path)));
}

function describe(issue: Issue, value: unknown): readonly Finding[] {
  const path = pathText(issue.path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const known = issue.message.split(" ");
        return unknownProperty(pathText([...issue.path, key]), key, valueAt(value, [key]), known);
      });
    case "custom": {
      // The schema has no custom issue but those of a fault.
      const { code, what, remedy, hidden } = issue.params as Fault;
      return [errorAt(path, code, hidden === true ? undefined : value, what, remedy)];
    }
    case "invalid_union":
      if (issue.errors.length > 0) return ofForms(issue, value);
      return [notAChoice(path, "options" in issue ? (issue.options ?? []) : [], value)];
    case "invalid_value":
      return [notAChoice(path, issue.values, value)];
    case "invalid_type":
      return [wrongType(path, issue, value)];
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "not_multiple_of":
    case "too_big":
    case "too_small":
      return [
        errorAt(path, "structure", value, `is refused: ${issue.message}`, "see environment.ts for its form"),
      ];
  }
}

/** A value that may have one of several forms: what is wrong with the one that it is nearest to. */
function ofForms(
  { errors, path }: Extract<Issue, { readonly code: "invalid_union" }>,
  value: unknown,
): readonly Finding[] {
  const typeIssues = errors.map((inner) =>
    inner.find((one) => one.code === "invalid_type" && one.path.length === 0),
  );
  const nearest = errors.find((_inner, index) => typeIssues[index] === undefined);
  if (nearest !== undefined) {
    return nearest.flatMap((inner) =>
      describe({ ...inner, path: [...path, ...inner.path] }, valueAt(value, inner.path)),
    );
  }
  const forms = typeIssues.flatMap((issue) => (issue?.code === "invalid_type" ? [formOf(issue)] : []));
  return [
    errorAt(pathText(path), "type", value, `is ${nounOf(value)}`, `instead, write ${forms.join(" or ")}`),
  ];
}

function notAChoice(path: string, options: readonly unknown[], value: unknown): Finding {
  const what = value === undefined ? "is missing" : "is not one of the choices";
  return errorAt(path, "choice", value, what, `write one of ${options.map(show).join(", ")}`);
}

type WrongType = Pick<Extract<Issue, { readonly code: "invalid_type" }>, "expected" | "message">;

/** What is to be written. An object of ours lists its properties in the message; others are Zod's own. */
function formOf({ expected, message }: WrongType): string {
  const known = message.includes(":") ? "" : ` with ${message.split(" ").join(", ")}`;
  return `${NOUNS[expected] ?? expected}${known}`;
}

function wrongType(path: string, { expected, message }: WrongType, value: unknown): Finding {
  const wanted = path === "" ? (NOUNS[expected] ?? expected) : formOf({ expected, message });
  if (path === "") {
    const remedy = "end the file with export default defineEnvironment({ … })";
    return errorAt(path, "structure", value, `is ${nounOf(value)} instead of ${wanted}`, remedy);
  }
  if (value === undefined) {
    return errorAt(path, "missing", value, "is missing", `write ${wanted}`);
  }
  return errorAt(path, "type", value, `is ${nounOf(value)}`, `instead, write ${wanted}`);
}

const NOUNS: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  number: "a number",
  boolean: "true or false",
  array: "a list in square brackets",
  object: "an object in curly brackets",
  record: "an object in curly brackets",
};

function nounOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list in square brackets";
  return NOUNS[typeof value] ?? `a ${typeof value}`;
}

/** More than that nobody reads where one is guessed already. */
const MOST_CHOICES = 6;

/** The value of an unknown property is never shown: it may be a secret that was pasted here. */
function unknownProperty(path: string, key: string, value: unknown, known: readonly string[]): Finding {
  const guess = nearest(key, known);
  // Beside `secretKey` itself, in `secrets.names`, it is a misspelt name; `secret: {…}` is a misspelt
  // `secrets`.
  const isMisspelt = guess !== undefined && (known.includes("secretKey") || typeof value === "object");
  if (SECRET_WORDS.test(key) && !isMisspelt) {
    return errorAt(
      path,
      "secret-in-environment",
      undefined,
      "looks like a secret, and secrets do not belong in an environment",
      "remove it from the file and from its history, replace the secret, and pass the new one as " +
        "TF_VAR_queueit_secret_key or through the Secrets Store",
    );
  }
  const choices = `valid are ${known.join(", ")}`;
  const remedy =
    guess === undefined
      ? `remove it; ${choices}`
      : `did you mean ${guess}?${known.length > MOST_CHOICES ? "" : ` (${choices})`}`;
  return errorAt(
    path,
    "unknown-property",
    undefined,
    "is not a property that an environment has here",
    remedy,
  );
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    return typeof value === "object" && value !== null
      ? (value as Record<PropertyKey, unknown>)[key]
      : undefined;
  }, root);
}

/** `sites[0].bypass[1]`; what is no plain name is quoted. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    const name = String(key);
    if (!/^[a-z_$][\w$]{0,59}$/i.test(name) || looksLikeSecret(name)) return `${text}[${show(name) ?? ""}]`;
    return text === "" ? name : `${text}.${name}`;
  }, "");
}
