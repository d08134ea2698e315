import type { TriggerPart } from "../../worker/configuration/integration-configuration.ts";
import { normalizeUrl } from "../../worker/visitor/url-normalization.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import { quoted } from "./quoted.ts";
import { parsedUrl } from "../url/parsed-url.ts";

/** The last letters of `https:` or `http:`, and what follows the slashes. */
const END_OF_SCHEME = /^((?:(?:(?:h?t)?t?p)?s?:)?)\/\/(.*)$/is;

/** Why a literal is found in no URL, and what to do about it. */
export interface Dead {
  /** Continues "compares with … , which". */
  readonly why: string;
  readonly remedy: string;
}

const PAGE = "https://host.invalid/page";
const WHOLE_ADDRESS = /^(https?:)?\/\/([^/?#\\]+)(.*)$/is;
/**
 * What begins with a hostname: names between dots, of which the last is one that hosts end with, and then a
 * path. Also a folder such as `v1.beta/` has that form, so the last name has to be a country's two letters or
 * one of the usual ones.
 */
const HOST_AND_PATH =
  /^((?:[^/?#\s.:*]+\.)+(?:(?!js\/|do\/)[a-z]{2}|com|net|org|edu|gov|info|shop|store|online|site|tickets|events|app|dev|cloud|example|localhost|test|local|internal|[^\x00-\x7f/?#\s.:*]{2,}|xn--[a-z\d-]+)(?::\d+)?)(\/.*)$/is;

/**
 * What keeps a literal from being found in its part of the URL of any browser; undefined when nothing does. A
 * browser sends the host in lower case and punycode without the scheme's own port, encodes what may not stand
 * in a path, and keeps what follows `#` to itself; the SDK 5.0.1 compares with a literal as a text, without
 * wildcards.
 *
 * @param isNormalized Whether the URL is compared in the form that the SDK normalizes it to.
 */
export function deadLiteral(literal: string, part: TriggerPart, isNormalized: boolean): Dead | undefined {
  const isWhole = part.Operator === "Equals" || part.Operator === "EqualsAny";
  // Contains holds always with either.
  if (!isWhole && (literal === "" || literal === "*")) return undefined;
  const find = { HostName: deadHost, PagePath: deadPath, PageUrl: deadAddress }[part.UrlPart ?? ""];
  if (find === undefined) return undefined;
  return literal === "" ? EMPTY : (pattern(literal) ?? find(literal, { part, isWhole, isNormalized }));
}

/**
 * A literal of a condition on the host as browsers send that host: `shop.xn--…` for `https://shop.…/event`.
 */
export function sentHost(literal: string): string {
  const [, , authority = literal.split(/[/?#\\]/, 1)[0] ?? ""] = WHOLE_ADDRESS.exec(literal) ?? [];
  const [, name = "", port = ""] = /^(.*?)(:\d*)?$/s.exec(authority.trim()) ?? [];
  // Of ASCII it would make an IPv4 address of a number, and refuse parts of a name.
  const ascii = isAscii(name) ? "" : asciiHostname(name);
  return (ascii === "" ? name.toLowerCase() : ascii) + (/^:(443|80)?$/.test(port) ? "" : port);
}

interface Comparison {
  readonly part: TriggerPart;
  readonly isWhole: boolean;
  readonly isNormalized: boolean;
}

const EMPTY: Dead = {
  why: "no URL has for it",
  remedy: "write what the condition should compare with, or remove it",
};

/** Whether a text is meant as a regular expression, whether or not it compiles. */
function isExpression(literal: string): boolean {
  return /^\^|\$$|\.[*+]|\\[dw.]|\[(?:\^|a-z|0-9)|\([^)]*\|[^)]*\)/i.test(literal);
}

function pattern(literal: string): Dead | undefined {
  if (!isExpression(literal) && !literal.includes("*")) return undefined;
  const sign = isExpression(literal) ? "a regular expression" : "a wildcard";
  return {
    why: `is not a pattern to the SDK: ${sign} in it stands for itself, character by character`,
    remedy: "use Contains with the text that all these URLs have in common",
  };
}

function deadHost(literal: string, { part }: Comparison): Dead | undefined {
  const sent = sentHost(literal);
  const isHost = /^[\w.:[\]-]+$/.test(sent);
  if (isHost && isSame(sent, literal, part)) return undefined;
  const path = /^[^/\\?#]*[/\\]+([^?#]+)/.exec(literal.replace(/^(?:[a-z]+:)?\/\//i, ""))?.[1];
  const more = path === undefined ? "" : `, and make a second condition on PagePath of ${quoted(`/${path}`)}`;
  return {
    why: "the host of a browser's request never contains in this form",
    remedy: isHost ? `write ${quoted(sent)}${edgeOf(literal, part)}${more}` : "write the hostname alone",
  };
}

/** Punycode stands for a whole name between two dots, and what is contained may be a part of one. */
function edgeOf(literal: string, { Operator: operator }: TriggerPart): string {
  const names = literal.split(".");
  const isCut = [names[0], names.at(-1)].some((name = "") => !isAscii(name));
  return isCut && operator?.startsWith("Contains") === true ? ", if it is whole names between the dots" : "";
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function deadPath(literal: string, comparison: Comparison): Dead | undefined {
  const [, address] =
    /^https?:\/\/[^/?#]*([^?#]*)/i.exec(literal) ?? HOST_AND_PATH.exec(literal)?.slice(1) ?? [];
  if (address !== undefined) {
    return {
      why: "seems to begin with a host, and PagePath is what follows the host",
      remedy:
        `write ${quoted(sentPath(address === "" ? "/" : address, comparison))}, and make a second ` +
        "condition on HostName of the host",
    };
  }
  const end = literal.search(/[?#]/);
  if (end !== -1) {
    const path = literal.slice(0, end);
    return {
      why: "has a query string or a fragment, and PagePath ends before both",
      remedy:
        `${path === "" ? "" : `write ${quoted(sentPath(path, comparison))}, or `}compare the query ` +
        "string with PageUrl and Contains",
    };
  }
  if (comparison.isWhole && !literal.startsWith("/")) {
    return {
      why: "no path equals: every path begins with /",
      remedy: `write ${quoted(sentPath(`/${literal}`, comparison))}`,
    };
  }
  return differing(literal, sentPath(literal, comparison), comparison);
}

function deadAddress(literal: string, comparison: Comparison): Dead | undefined {
  const [, scheme = "", rest] = (comparison.isWhole ? null : END_OF_SCHEME.exec(literal)) ?? [];
  // Every address has the end of a scheme before its host.
  if (rest === "") return undefined;
  if (rest !== undefined && !/^(?:https?:)?$/i.test(scheme)) return deadAddress(`//${rest}`, comparison);
  const fragment = literal.indexOf("#");
  if (fragment !== -1) {
    const rest = literal.slice(0, fragment);
    return {
      why: "has a fragment, and browsers never send what follows # to a server",
      remedy:
        rest === ""
          ? "remove the condition, and use another one"
          : `write ${quoted(sentAddress(rest, comparison))}`,
    };
  }
  const sent = sentAddress(literal, comparison);
  if (comparison.isWhole && !/^https?:\/\//i.test(literal)) {
    return {
      why: "no page's whole URL equals: each begins with https:// or http:// and the host",
      remedy: `write the whole URL, or use Contains with ${quoted(sent)}`,
    };
  }
  const dead = differing(literal, sent, comparison);
  // Without a scheme before it, it may be of the host or of the path.
  const [first = ""] = literal.split(/[/?]/, 1);
  if (dead === undefined || isAscii(first) || WHOLE_ADDRESS.test(literal)) return dead;
  const host = sentHost(first) + sentPath(literal.slice(first.length), comparison);
  return {
    ...dead,
    remedy: `write ${quoted(host)} where it is the host, or ${quoted(sent)} where it is a path`,
  };
}

function differing(literal: string, sent: string, { part, isNormalized }: Comparison): Dead | undefined {
  if (isSame(sent, literal, part)) return undefined;
  const which = isNormalized ? "a normalized URL" : "the URL of a browser";
  const remedy =
    sent === "" ? "write what the condition should compare with, or remove it" : `write ${quoted(sent)}`;
  return { why: `${which} never contains in this form`, remedy };
}

function isSame(sent: string, literal: string, { IsIgnoreCase: ignoresCase }: TriggerPart): boolean {
  return ignoresCase === true ? sent.toUpperCase() === literal.toUpperCase() : sent === literal;
}

/** An address, or a part of one, as a browser sends it: its host in punycode, the rest percent-encoded. */
function sentAddress(literal: string, comparison: Comparison): string {
  const [, scheme = "", authority, rest = ""] = WHOLE_ADDRESS.exec(literal) ?? [];
  if (authority === undefined) return sentPath(literal, comparison);
  const path = rest === "" && comparison.isWhole ? "/" : rest;
  return `${scheme.toLowerCase()}//${sentHost(authority)}${path === "" ? "" : sentPath(path, comparison)}`;
}

/** A path, or a part of one, as a browser sends it, normalized where that is what is compared. */
function sentPath(literal: string, { isNormalized }: Comparison): string {
  const text = literal.trim().toWellFormed();
  const browser = parsedUrl(PAGE + text)?.href ?? PAGE + text;
  const sent = isNormalized ? normalizeUrl(browser) : browser;
  // A detour through the folder above: what remains begins at that folder.
  return sent.startsWith(PAGE) ? sent.slice(PAGE.length) : sent.slice(new URL(PAGE).origin.length);
}
