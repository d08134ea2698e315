import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preflightOf } from "../../../worker/visitor/preflight.ts";

const URL_OF_CALL = "https://api.example/stock?queueittoken=e_event1";

function asked(
  headers: Readonly<Record<string, string>>,
  request: { readonly method?: string; readonly url?: string; readonly body?: unknown } = {},
): ReturnType<typeof preflightOf> {
  const { method = "OPTIONS", url = URL_OF_CALL, body = null } = request;
  return preflightOf({ method, url, headers: new Headers(headers), body });
}

const GET = { origin: "https://shop.example", "access-control-request-method": "GET" };

/** Names and values that a script may give its call: those that a browser puts into what it asks. */
const scriptHeader = fc.constantFrom(
  "content-type",
  "authorization",
  "x-requested-with",
  "x-queueit-ajaxpageurl",
  "x-queueittoken",
  "if-none-match",
  "x_a.b!",
);
const methods = fc.oneof(
  fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"),
  fc.constantFrom("PROPFIND", "M-SEARCH", "QUERY"),
);
const origins = fc.oneof(
  fc.webUrl({ withFragments: false }).map((url) => new URL(url).origin),
  fc.constantFrom(
    "null",
    "https://xn--bcher-kva.example",
    "http://localhost:3000",
    "http://[::1]:8080",
    "capacitor://localhost",
    "chrome-extension://aapocclcgogkmnckokdopfmhonfmgoek",
  ),
);

/**
 * The headers of a preflight, made by the steps of "CORS-preflight fetch" in the Fetch standard, and what
 * browsers add of their own.
 */
const browserHeaders = fc
  .record({
    origin: origins,
    method: methods,
    names: fc.uniqueArray(scriptHeader, { maxLength: 4 }),
    between: fc.constantFrom(",", ", "),
    others: fc.subarray([
      ["accept", "*/*"],
      ["accept-language", "de"],
      ["accept-encoding", "gzip, deflate, br"],
      ["user-agent", "Mozilla/5.0"],
      ["referer", "https://shop.example/"],
      ["sec-fetch-mode", "cors"],
      ["sec-fetch-site", "same-site"],
      ["sec-fetch-dest", "empty"],
      ["access-control-request-private-network", "true"],
      ["cache-control", "no-cache"],
      ["x-requested-with", "com.example.app"],
      ["cf-connecting-ip", "192.0.2.1"],
    ] as const),
  })
  .map(({ origin, method, names, between, others }) => ({
    ...Object.fromEntries(others),
    origin,
    "access-control-request-method": method,
    ...(names.length > 0 && { "access-control-request-headers": [...names].sort().join(between) }),
  }));

describe("a preflight", () => {
  it("is whatever a browser sends as one", () => {
    fc.assert(
      fc.property(browserHeaders, (headers) => {
        expect(asked(headers)).toBeDefined();
      }),
    );
  });

  it("is nothing else, however little differs", () => {
    const change = fc.constantFrom<(headers: Record<string, string>) => Record<string, string>>(
      ...["origin", "access-control-request-method"].map(
        (missing) => (headers: Record<string, string>) =>
          Object.fromEntries(Object.entries(headers).filter(([name]) => name !== missing)),
      ),
      ...["", " ", "shop.example", "https://shop.example/", "https://a.example, https://b.example"].map(
        (origin) => (headers: Record<string, string>) => ({ ...headers, origin }),
      ),
      ...["HTTPS://shop.example", "https://Shop.example", "https://a@b.example", "://", "*", "NULL"].map(
        (origin) => (headers: Record<string, string>) => ({ ...headers, origin }),
      ),
      ...["", "get", "Get", "GET, POST", "G ET", "CONNECT", "TRACE", "TRACK", "*", "GET\u00e9"].map(
        (method) => (headers: Record<string, string>) => ({
          ...headers,
          "access-control-request-method": method,
        }),
      ),
      ...["", ",", "Content-Type", "a,,b", "a b", "a;b c", ", a"].map(
        (names) => (headers: Record<string, string>) => ({
          ...headers,
          "access-control-request-headers": names,
        }),
      ),
      ...["cookie", "authorization", "content-type", "x-queueittoken", "x-queueit-ajaxpageurl"]
        .concat("upgrade", "x-http-method-override", "x-http-method", "x-method-override")
        .flatMap((name) =>
          ["", "x"].map((value) => (headers: Record<string, string>) => ({ ...headers, [name]: value })),
        ),
      ...["navigate", "no-cors", "same-origin", ""].map((mode) => (headers: Record<string, string>) => ({
        ...headers,
        "sec-fetch-mode": mode,
      })),
    );
    fc.assert(
      fc.property(browserHeaders, change, (headers, changed) => {
        expect(asked(changed(headers))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it.each(["GET", "POST", "options", "Options", "OPTIONS ", "HEAD"])("is not the method %j", (method) => {
    expect(asked(GET, { method })).toBeUndefined();
  });

  it("has no body, and none of the same origin", () => {
    expect(asked(GET)).toBe("other");
    expect(asked(GET, { body: new ReadableStream() })).toBeUndefined();
    expect(asked(GET, { body: "x" })).toBeUndefined();
    expect(asked(GET, { url: "https://shop.example/stock" })).toBeUndefined();
    expect(asked(GET, { url: "https://shop.example.evil/stock" })).toBe("other");
  });
});

describe("a call that is plain but for the connector's own headers", () => {
  const plain = (method: string, names?: string) =>
    asked({
      ...GET,
      "access-control-request-method": method,
      ...(names !== undefined && { "access-control-request-headers": names }),
    });

  it.each(["GET", "HEAD", "POST"])("is one by %s with one of them or both", (method) => {
    expect(plain(method, "x-queueit-ajaxpageurl")).toBe("plain");
    expect(plain(method, "x-queueittoken")).toBe("plain");
    expect(plain(method, "x-queueit-ajaxpageurl,x-queueittoken")).toBe("plain");
    expect(plain(method, "x-queueit-ajaxpageurl, x-queueittoken")).toBe("plain");
  });

  it("is none with anything else, which only the site can allow", () => {
    for (const method of ["PUT", "DELETE", "PATCH"]) expect(plain(method, "x-queueittoken")).toBe("other");
    for (const names of [
      "content-type",
      "content-type,x-queueittoken",
      "x-queueittoken,x-secret",
      "x-queueittokens",
      "x-queueittoken-x",
      "x-queueit-ajaxpageurls",
      undefined,
    ])
      expect(plain("POST", names)).toBe("other");
  });
});
