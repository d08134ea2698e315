import { hostnameProblem } from "./hostname.ts";
import { parsedUrl } from "../url/parsed-url.ts";

/** Schemes of pages, and of the apps in which pages run: Capacitor and Ionic name theirs so. */
const SCHEMES = ["https", "http", "capacitor", "ionic"];

/**
 * What makes a text unfit as the origin of scripts (scheme, host and port, as browsers send it in `Origin`), and how
 * to fix it; undefined when nothing does. Letter case, letters outside of ASCII and a scheme's own port are not a
 * problem here.
 */
export function originProblem(
  text: string,
): { readonly what: string; readonly remedy: string; readonly hidden?: true } | undefined {
  const example = "for example https://www.your-shop.com";
  if (text === "") return { what: "is empty", remedy: `write an origin, ${example}` };
  if (/[\s\p{Cc}\p{Cf}]/u.test(text))
    return {
      what: "has white space or an invisible character",
      remedy: "write each origin in quotes of its own",
    };
  if (text.includes("*"))
    return {
      what: "has a wildcard",
      remedy: `write each origin in full, ${example}: it is compared as a whole`,
    };
  if (text.toLowerCase() === "null") {
    return {
      what: "is the origin of sandboxed pages and of files, which anybody can make",
      remedy: `open the page from an address of its own, and write that one's origin, ${example}`,
    };
  }
  const [, scheme = "", rest = ""] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === "") return { what: "has no scheme", remedy: `begin it with https://, ${example}` };
  if (!SCHEMES.includes(scheme.toLowerCase()))
    return { what: "has a scheme that no page has", remedy: `use one of ${SCHEMES.join(", ")}` };
  if (rest.includes("@"))
    return { what: "has a user name", remedy: "remove it: an origin is scheme, host and port", hidden: true };
  if (/[/?#\\]/.test(rest)) {
    return {
      what: "has a path",
      remedy: "end it behind the host or the port: an origin has no path, not even a slash at its end",
    };
  }
  return hostProblem(text);
}

function hostProblem(text: string): { readonly what: string; readonly remedy: string } | undefined {
  // Only of these a parser takes the host for one.
  const asPage = parsedUrl(text.replace(/^(?:capacitor|ionic):/i, "http:"));
  if (asPage === undefined)
    return {
      what: "has no valid host or port",
      remedy: "write it as the browser shows it, for example in location.origin",
    };
  const { hostname } = asPage;
  const isShort = hostname === "localhost" || hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
  return isShort ? undefined : hostnameProblem(hostname);
}

/**
 * An origin as browsers send it: small letters, punycode, without its scheme's own port. Doing it twice changes nothing.
 * @throws TypeError when the text is no origin.
 */
export function asciiOrigin(text: string): string {
  return /^https?:/i.test(text) ? new URL(text).origin : text.toLowerCase();
}
