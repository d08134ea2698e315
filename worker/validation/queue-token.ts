import { decode } from "../encoding/percent-encoding.ts";

const TOKEN_PARAMETER = "queueittoken";

/** Header that carries the queue token when it is not in the URL. */
export const TOKEN_HEADER = "x-queueittoken";

/** Characters of the longest queue token that is looked at; real ones have a few hundred. */
const LONGEST_TOKEN = 2048;

/**
 * A queue token, or the empty string for a text that is too long to be one: a refused token is repeated in
 * the address of the error page, where it grows up to ten times.
 */
export function realistic(token: string): string {
  return token.length > LONGEST_TOKEN ? "" : token;
}

export interface UrlAndToken {
  /** The URL without its `queueittoken` parameters; every other byte is as it was. */
  readonly url: string;
  /** Decoded value of the first `queueittoken` that has one, otherwise the empty string. */
  readonly token: string;
  /** Whether the URL had a `queueittoken` parameter, be it empty. */
  readonly inQuery: boolean;
}

/**
 * Takes the queue token out of a URL. String surgery, because URLSearchParams would re-encode the other
 * parameters and the site would see a different URL than the visitor asked for.
 */
export function takeQueueToken(url: string): UrlAndToken {
  const queryStart = url.indexOf("?");
  if (queryStart === -1 || !url.toLowerCase().includes(TOKEN_PARAMETER))
    return { url, token: "", inQuery: false };
  const fragmentStart = url.indexOf("#");
  if (fragmentStart !== -1 && fragmentStart < queryStart) return { url, token: "", inQuery: false };

  const queryEnd = fragmentStart === -1 ? url.length : fragmentStart;
  const parameters = url.slice(queryStart + 1, queryEnd).split("&");
  const kept = parameters.filter((parameter) => tokenValue(parameter) === undefined);
  if (kept.length === parameters.length) return { url, token: "", inQuery: false };

  const query = kept.length === 0 ? "" : `?${kept.join("&")}`;
  const token = parameters.map(tokenValue).find((value) => value !== undefined && value !== "") ?? "";
  return { url: url.slice(0, queryStart) + query + url.slice(queryEnd), token, inQuery: true };
}

function tokenValue(parameter: string): string | undefined {
  const equals = parameter.indexOf("=");
  const name = equals === -1 ? parameter : parameter.slice(0, equals);
  if (name.toLowerCase() !== TOKEN_PARAMETER) return undefined;
  return equals === -1 ? "" : decode(parameter.slice(equals + 1).replaceAll("+", " "));
}
