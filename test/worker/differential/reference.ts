import {
  DefaultNormalizationProvider,
  KnownUser,
  type IConnectorContextProvider,
} from "@queue-it/connector-javascript";
import { createHmac } from "node:crypto";
import type { Decision } from "../../../worker/request-flow.ts";
import { CONNECTOR_VERSION } from "../../../worker/deployment/version.ts";
import { CUSTOMER, SECRET } from "../support/tokens.ts";
import type { PlainRequest } from "./arbitraries.ts";
import { sealed, withoutStretched } from "./session-form.ts";

/**
 * The SDK's own, which gives up at a surrogate and leaves the URL as it came; encoded, as by a browser, it
 * does not.
 */
const NORMALIZATION = {
  normalizeUrl: (url: string) =>
    new DefaultNormalizationProvider().normalizeUrl(
      url.replace(/[\ud800-\udfff]+/g, (part) => encodeURIComponent(part.toWellFormed())),
    ),
};

/**
 * The plainest connector that could be written with the SDK: the whole configuration on every call, nothing
 * prepared. It shares no code with the Worker; where the two differ, one of them is wrong.
 *
 * @param sessions `as-written` refuses session cookies whose fields do not have the form that the SDK writes,
 *   which is the one thing that the Worker does not leave to the SDK.
 */
export async function referenceDecision(
  request: PlainRequest,
  configurationJson: string,
  sessions: "as-written" | "as-the-sdk" = "as-written",
): Promise<Decision> {
  const { url, token } = withoutToken(request.url);
  const { context, cookies } = referenceContext(request, sessions);
  const queueToken = token || (request.headers["x-queueittoken"] ?? "");
  const result = await KnownUser.validateRequestByIntegrationConfig(
    url,
    queueToken,
    configurationJson,
    CUSTOMER,
    SECRET,
    context,
  );
  if (result.doRedirect()) {
    const raw = `&queueittoken=${queueToken}`;
    const [before, ...after] = result.redirectUrl.split(raw);
    // The SDK repeats a refused token undecoded; in an address it has to be encoded.
    const repeated =
      queueToken !== "" && after.length > 0
        ? `${before}&queueittoken=${encodeURIComponent(queueToken)}${after.join(raw)}`
        : result.redirectUrl;
    const address = `${repeated}&kupver=cloudflare-${CONNECTOR_VERSION}`;
    const isAjax = result.isAjaxResult || false;
    return { kind: "to-queue-it", url: address, isAjax, cookies: cookies(), reader: undefined };
  }
  if (url !== request.url && result.actionType === "Queue") {
    const kind = request.method === "POST" ? "pass" : "strip-token";
    return kind === "pass"
      ? { kind, url, cookies: cookies(), failedOpen: false }
      : { kind, url, cookies: cookies(), reader: undefined };
  }
  return { kind: "pass", url: request.url, cookies: cookies(), failedOpen: false };
}

/** What the SDK asks of a request, for the reference and for the SDK's own evaluator. */
export function referenceContext(
  request: PlainRequest,
  sessions: "as-written" | "as-the-sdk" = "as-written",
): {
  context: IConnectorContextProvider;
  cookies: () => string[];
} {
  const set: { name: string; line: string }[] = [];
  const header = (name: string): string => request.headers[name.toLowerCase()] ?? "";
  const context: IConnectorContextProvider = {
    getHttpRequest: () => ({
      getUserAgent: () => header("user-agent"),
      getHeader: header,
      getAbsoluteUri: () => request.url,
      getUserHostAddress: () => header("cf-connecting-ip"),
      getCookieValue: (name) => {
        const value = cookieValue(header("cookie"), name);
        return sessions === "as-written" ? withoutStretched(name, value) : value;
      },
      getRequestBodyAsString: () => request.body.substring(0, 2048),
    }),
    getHttpResponse: () => ({
      setCookie(name, value, domain, expiration, isHttpOnly, isSecure) {
        // The upper-case defect of SDK 5.0.1: the id has to be stored as it was signed.
        const stored = value.replace(/^EventId=([^&]*)/, (_all, id: string) => `EventId=${id.toLowerCase()}`);
        let line = `${name}=${encodeURIComponent(sealed(stored))}; expires=${new Date(expiration * 1000).toUTCString()};`;
        if (domain) line += ` domain=${domain};`;
        if (isHttpOnly) line += " HttpOnly;";
        if (isSecure) line += " Secure;";
        set.push({ name, line: `${line} path=/` });
      },
    }),
    getCryptoProvider: () => ({
      getSha256Hash: (key, text) => createHmac("sha256", key).update(text).digest("hex"),
    }),
    getEnqueueTokenProvider: () => null,
    getNormalizationProvider: () => NORMALIZATION,
  };
  const cookies = (): string[] =>
    set
      .filter(({ name }, index) => !set.slice(index + 1).some((later) => later.name === name))
      .map(({ line }) => line);
  return { context, cookies };
}

export function withoutToken(url: string): { url: string; token: string } {
  const values: string[] = [];
  let stripped = url;
  for (;;) {
    const match = /([?&])queueittoken(?:=([^&]*))?(&|$)/i.exec(stripped);
    if (match === null) break;
    const [found, before = "", value = "", after = ""] = match;
    values.push(value);
    const glue = after === "" ? "" : before;
    stripped = stripped.slice(0, match.index) + glue + stripped.slice(match.index + found.length);
  }
  const first = values.find((value) => value !== "") ?? "";
  return { url: stripped, token: lenientlyDecoded(first.replace(/\+/g, " ")) };
}

function cookieValue(header: string, name: string): string | undefined {
  const values = header
    .split(";")
    .map((pair) => /^\s*([^=]*?)\s*=(.*)$/s.exec(pair))
    .filter((match) => match?.[1] === name)
    .map((match) => match?.[2]?.trim() ?? "");
  const last = values.at(-1);
  return last === undefined ? undefined : lenientlyDecoded(last);
}

function lenientlyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
