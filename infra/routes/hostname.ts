import { domainToASCII } from "node:url";

/**
 * What makes a text unfit as a hostname in a Cloudflare zone (RFC 1123, after conversion to punycode), and how
 * to mend it; undefined when nothing does. Letter case is not a problem here.
 */
export function hostnameProblem(
  text: string,
): { readonly what: string; readonly remedy: string } | undefined {
  if (text === "")
    return { what: "is empty", remedy: "write a full hostname, for example shop.your-domain.com" };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    return { what: "has a scheme", remedy: "remove http:// or https://" };
  if (/[/?#\\]/.test(text)) return { what: "has a path", remedy: "keep only the hostname" };
  if (text.includes("@")) return { what: "has a user name", remedy: "keep only what follows the @" };
  if (text.includes(":")) return { what: "has a port", remedy: "remove the colon and what follows" };
  if (text.includes("*")) return { what: "has a wildcard", remedy: "write one full hostname" };
  const labels = domainToASCII(text).split(".");
  if (labels.length < 2) {
    return {
      what: "is not a full hostname",
      remedy: "write it with its domain, for example shop.your-domain.com",
    };
  }
  if (text.length > 253 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) ?? "")) {
    return {
      what: "is not a valid hostname",
      remedy: "use letters, digits and dashes between the dots, at most 63 of them, no dash at either end",
    };
  }
  return undefined;
}

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
