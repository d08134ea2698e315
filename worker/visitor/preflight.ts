import type { VisitorRequest } from "./visit.ts";

/** An origin as browsers write it: scheme, host, and a port that is not the scheme's own. */
export const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[a-z\d._:[\]-]+$/;

/**
 * Method and names of headers that a script's call is to have. Methods are in capital letters: the runtime takes
 * no others; and names in small ones.
 */
const CALL = /^(?!CONNECT |TRAC[EK] )[A-Z-]+ [^\s,A-Z]+(?:, ?[^\s,A-Z]+)*$/;

/** A call that a browser would make without asking, but for the connector's own headers. */
const PLAIN_CALL = /^(?:GET|HEAD|POST) (?:,? ?x-queueit(?:-ajaxpageurl|token)\b)+$/;

/**
 * What no browser sends along: who asks, what is in a body, what only scripts set; and an upgrade, of which the
 * runtime makes a GET.
 */
const NEVER_SENT = [
  "cookie",
  "authorization",
  "content-type",
  "upgrade",
  "x-queueittoken",
  "x-queueit-ajaxpageurl",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
];

/**
 * What a request asks about, where it is a CORS preflight as a browser sends one before a script's call to
 * another origin (Fetch standard, "CORS-preflight fetch"): without credentials, without a body, and without
 * anything that the script has set. Undefined for every other request.
 *
 * @returns Whether nothing but the connector's own headers made the browser ask.
 */
export function preflightOf({ method, url, headers, body }: VisitorRequest): "plain" | "other" | undefined {
  if (method !== "OPTIONS" || body) return undefined;
  const origin = headers.get("origin") ?? "";
  const names = headers.get("access-control-request-headers") ?? "-";
  const call = `${headers.get("access-control-request-method") ?? ""} ${names}`;
  const isPreflight =
    (origin === "null" || ORIGIN.test(origin)) &&
    !url.startsWith(`${origin}/`) &&
    CALL.test(call) &&
    (headers.get("sec-fetch-mode") ?? "cors") === "cors" &&
    NEVER_SENT.every((name) => headers.get(name) === null);
  return isPreflight ? (PLAIN_CALL.test(call) ? "plain" : "other") : undefined;
}
