import { type Doubt, isException, literalsOf } from "../../worker/configuration/doubts.ts";
import { respelt } from "./respelt.ts";
import type { ConfigurationWarning } from "./warning.ts";
import { listed, quoted } from "./quoted.ts";
import { sentHost } from "./sent-literal.ts";

type Spelling = Exclude<Doubt, { readonly kind: "unknown-word" }>;

const MOST_NAMES = 3;

/**
 * One warning for each way around comparisons of a URL, with the actions that it concerns. An exception, a
 * negative condition or an action that lets visitors through, is got around by a detour; any other by another
 * spelling.
 */
export function spellingWarnings(doubts: readonly Doubt[]): readonly ConfigurationWarning[] {
  const spellings = doubts.filter((doubt) => doubt.kind !== "unknown-word");
  const ofKind = (kind: Spelling["kind"], exception?: boolean): readonly Spelling[] =>
    spellings.filter(
      (doubt) =>
        doubt.kind === kind &&
        (exception === undefined || isException(doubt.action, doubt.part) === exception),
    );
  // Of an address without a path, the scheme and the host have no other spelling that a server takes for the
  // same.
  const paths = ofKind("path-spelling", false).filter(({ part }) => literalsOf(part).some(canBeRespelt));
  return [
    ...warning(paths, PATH),
    ...warning(ofKind("path-spelling", true), EXCEPTION),
    ...warning(ofKind("host-spelling"), HOST),
    ...warning(ofKind("address-spelling"), ADDRESS),
  ];
}

interface Words {
  readonly what: (names: string, literal: string, isOne: boolean) => string;
  readonly remedy: string;
}

const NORMALIZE =
  'set IsNormalizationEnabled to true there, or matching to "normalized" in the environment’s queueIt; ' +
  'both see only what the routes bring to the Worker, every spelling with protect: ["/*"] alone';

const PATH: Words = {
  what: (names, literal, isOne) =>
    `${names} ${isOne ? "compares" : "compare"} the path as it comes: ${quoted(respelt(literal))} is the ` +
    `same page to most servers, and does not match ${quoted(literal)}`,
  remedy: NORMALIZE,
};

const EXCEPTION: Words = {
  what: (names, literal, isOne) =>
    `${names} ${isOne ? "makes" : "make"} an exception by the path as it comes: ` +
    `${quoted(`${literal.replace(/\/$/, "")}/%2e%2e/`)} before any other page makes it one too`,
  remedy: NORMALIZE,
};

const HOST: Words = {
  what: (names, literal, isOne) => {
    const host = sentHost(literal);
    const others = [`${host}.`, `${host}:8443`, host.toUpperCase()].map(quoted);
    return (
      `${names} ${isOne ? "compares" : "compare"} the host character by character: the same site answers to ` +
      `${listed(others, "and")}, which are not ${quoted(host)}`
    );
  },
  remedy:
    'use Contains or ContainsAny with IsIgnoreCase true, or set matching to "normalized" in the ' +
    "environment’s queueIt",
};

const ADDRESS: Words = {
  what: (names, literal, isOne) =>
    `${names} ${isOne ? "compares" : "compare"} host and path in one text: another spelling of the host ` +
    `does not match ${quoted(literal)}`,
  remedy:
    'make it two conditions, one on HostName and one on PagePath, or set matching to "normalized" in the ' +
    "environment’s queueIt",
};

function warning(doubts: readonly Spelling[], words: Words): readonly ConfigurationWarning[] {
  const [first] = doubts;
  if (first === undefined) return [];
  const literals = literalsOf(first.part);
  const literal = literals.find(canBeRespelt) ?? literals[0] ?? "";
  const names = doubts.slice(0, MOST_NAMES).map(({ action }) => quoted(action.Name ?? action.EventId ?? ""));
  const more = doubts.length - names.length;
  const subject = listed([...names, ...(more === 0 ? [] : [`${more} more`])], "and");
  return [
    {
      code: first.kind,
      what: words.what(
        `${doubts.length === 1 ? "Action" : "Actions"} ${subject}`,
        literal,
        doubts.length === 1,
      ),
      remedy: words.remedy,
    },
  ];
}

function canBeRespelt(literal: string): boolean {
  return respelt(literal) !== literal;
}
