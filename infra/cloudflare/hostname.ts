import { domainToASCII, domainToUnicode } from "node:url";

/**
 * The one spelling of a hostname that everything here compares: lower case and punycode, as browsers,
 * Cloudflare's routes and a Worker's `request.url` have it (UTS 46). Empty when the text is no hostname.
 * Doing it twice changes nothing.
 */
export function asciiHostname(text: string): string {
  const ascii = domainToASCII(text);
  // Node.js 24 takes a part that begins with xn-- and is no punycode for a name; earlier ones and workerd do not.
  return ascii.split(".").every(isPunycodeOrNone) ? ascii : "";
}

/**
 * A zone's name as Cloudflare's API has it and looks it up: in its own letters. It answers in these, and
 * finds no zone for punycode (read in cloudflare/terraform-provider-cloudflare#1310 and
 * cloudflare/cloudflare-go#347).
 */
export function zoneSpelling(name: string): string {
  return domainToUnicode(asciiHostname(name));
}

/**
 * What makes a text unfit as a hostname in a Cloudflare zone (RFC 1123, after conversion to punycode), and
 * how to fix it; undefined when nothing does. Letter case is not a problem here.
 */
export function hostnameProblem(
  text: string,
): { readonly what: string; readonly remedy: string } | undefined {
  if (text === "")
    return { what: "is empty", remedy: "write a full hostname, for example shop.your-domain.com" };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return { what: "has a scheme", remedy: "remove http:// or https://" };
  if (/[/?#\\]/.test(text)) return { what: "has a path", remedy: "keep only the hostname" };
  if (text.includes("@")) return { what: "has a user name", remedy: "keep only what comes after the @" };
  if (text.includes(":")) return { what: "has a port", remedy: "remove the colon and what follows" };
  if (text.includes("*")) return { what: "has a wildcard", remedy: "write one full hostname" };
  if (INVISIBLE.test(text)) {
    return {
      what: "has white space or an invisible character",
      remedy: "type it by hand instead of pasting it",
    };
  }
  if (/[.。．｡]$/.test(text)) return { what: "ends with a dot", remedy: "remove the dot at its end" };
  if (text.includes("%"))
    return { what: "has a percent sign", remedy: "write the letters themselves, or the name in punycode" };
  const ascii = asciiHostname(text);
  const labels = ascii.split(".");
  if (ascii !== "" && labels.length < 2) {
    return {
      what: "is not a full hostname",
      remedy: "write it with its domain, for example shop.your-domain.com",
    };
  }
  if (!labels.every(isPunycodeOrNone) || (ascii === "" && /(^|\.)xn--/i.test(text))) {
    return {
      what: "has a part that begins with xn-- but is not valid punycode",
      remedy: "write the name in its own letters: it is converted here",
    };
  }
  if (
    ascii.length > 253 ||
    !labels.every((label) => LABEL.test(label)) ||
    /^\d+$/.test(labels.at(-1) ?? "")
  ) {
    return {
      what: "is not a valid hostname",
      remedy:
        "use letters, digits and dashes between the dots, at most 63 of them, with no dash at either end",
    };
  }
  return undefined;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** All but the two joiners, which names in some scripts are written with. */
const INVISIBLE = /(?![\u200c\u200d])[\p{White_Space}\p{Cc}\p{Cf}]/u;

/** Whether a label is what a browser makes of its letters: any other spelling of punycode reaches no site. */
function isPunycodeOrNone(label: string): boolean {
  if (!label.startsWith("xn--")) return true;
  const letters = domainToUnicode(label);
  return !letters.startsWith("xn--") && domainToASCII(letters) === label;
}
