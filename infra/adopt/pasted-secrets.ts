import type { DeployedWorker } from "../account/deployed-worker.ts";
import { SecretForms, SHORTEST_INSIDE } from "../secrets/forms.ts";
import { looksLikeSecret } from "../secrets/looks-like-secret.ts";

/** A secret whose value is known here, and what it is called. */
export interface KnownSecret {
  readonly name: string;
  readonly value: string;
}

/**
 * A name, and the text it gets: assigned, as a property, as a default behind `||` or `??`, or as the next
 * argument of a call. The text is looked at and not taken, since it may be a name itself. A name begins where no
 * letter is before it: tried from each of its letters, a long one took minutes.
 */
const GIVEN =
  /(?<![\w$-])([\w$-]+)["'`]?\]?\s{0,20}(?:\|\||\?\?|[:=,(])\s{0,20}(?=["'`]([^"'`\s]{12,200})["'`])/g;
/** What a name of a secret says. */
const SECRET_NAME = /secret|(?:api|proxy|pass|private|signing)[_-]?key/i;
/** Longest name that is told, in characters: its end says what it is. */
const LONGEST_NAME = 120;
const PASTED_CUSTOMER = /customer_?id["'`]?\s*[:=]\s*["'`]([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)["'`]/i;

/** As Queue-it's keys are written, and names that libraries have of the same shape. */
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const PUBLIC_GUIDS = [
  /^(?:0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12})$/i,
  // RFC 9562's namespaces, and what RFC 6455 has in each handshake of a WebSocket.
  /^6ba7b81[0-9]-9dad-11d1-80b4-00c04fd430c8$/i,
  /^258eafa5-e914-47da-95ca-c5ab0dc85b11$/i,
];
const UNNAMED = "a value that looks like a key";

/**
 * Names of the secrets whose values stand in the source, for example `secretKey`. The values are not told to
 * anybody. Found are values behind a name that says so, values of the shape of a key, also in Base64, in
 * escapes or in pieces that are added up, and those that are known.
 */
export function pastedSecretNames(
  { files }: Pick<DeployedWorker, "files">,
  known: readonly KnownSecret[] = [],
): readonly string[] {
  const names = files.flatMap(({ content }) => {
    const text = content.toString("utf8");
    const source = inOnePiece(text);
    const named = namedIn(source);
    const held = known.filter(({ value }) => isLongEnough(value) && isIn(value, [text, source]));
    const found = [...named.map(({ name }) => name), ...held.map(({ name }) => name)];
    const values = [...named, ...held].map(({ value }) => value);
    return [...found, ...(hasUnnamedKey(source, values) ? [UNNAMED] : [])];
  });
  return [...new Set(names)];
}

/** The customer id that stands in the source; undefined where there is none. */
export function pastedCustomerId({ files }: Pick<DeployedWorker, "files">): string | undefined {
  for (const { content } of files) {
    const found = PASTED_CUSTOMER.exec(content.toString("utf8"))?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function namedIn(source: string): readonly KnownSecret[] {
  return (
    [...source.matchAll(GIVEN)]
      .filter(([, name = ""]) => SECRET_NAME.test(name))
      .map(([, name = "", value = ""]) => ({ name: name.slice(-LONGEST_NAME), value }))
      // A placeholder, or the name of a variable, is not a secret.
      .filter(({ value }) => /\d/.test(value) && !value.startsWith("QUEUEIT_"))
  );
}

/** Escapes read, and texts that are added up joined, as the runtime does before anybody uses them. */
function inOnePiece(source: string): string {
  return source
    .replaceAll(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})/gi, (_all, byte?: string, unit?: string) =>
      String.fromCharCode(parseInt(byte ?? unit ?? "", 16)),
    )
    .replaceAll(/(["'`])\s{0,200}\+\s{0,200}["'`]/g, "");
}

function isLongEnough(value: string): boolean {
  return value.trim().length >= SHORTEST_INSIDE;
}

function isIn(value: string, texts: readonly string[]): boolean {
  const forms = new SecretForms(value);
  return texts.some((text) => forms.isIn(text));
}

/** @param named Values that are told by their names already. */
function hasUnnamedKey(source: string, named: readonly string[]): boolean {
  const literals = [...source.matchAll(/["'`]([\w+/=-]{40,400})["'`]/g)].map(([, literal = ""]) => literal);
  const texts = [source, ...literals.map((literal) => Buffer.from(literal, "base64").toString("latin1"))];
  const guids = texts.flatMap((text) => [...text.matchAll(GUID)].map(([guid]) => guid));
  const isPublic = (guid: string) => PUBLIC_GUIDS.some((pattern) => pattern.test(guid));
  const isNamed = (found: string) => named.some((value) => value.includes(found));
  return (
    guids.some((guid) => !isPublic(guid) && !isNamed(guid)) ||
    literals.some((literal) => looksLikeSecret(literal) && !isNamed(literal))
  );
}
