import { queueToken } from "../support/tokens.ts";
import {
  AGAIN,
  AND_SESSION,
  heldBy,
  queueIt,
  row,
  TOLD,
  WAITS,
  type BypassCase,
  PAGE,
} from "./bypass-case.ts";

const REDIRECT = "Open redirect";
const LOCATION = "location";
const again = (path: string, host = "shop.example"): string =>
  `${AGAIN}${AND_SESSION}; \`location: http://${host}${path}\``;
const SAME = heldBy("A redirect goes to the address that was asked for, whole, without its token");
const token = queueToken();
export const REDIRECT_CASES: readonly BypassCase[] = [
  ...[
    "t=https://evil.example/",
    "t=//evil.example",
    "c=evil&e=evil",
    "enqueuetoken=x",
    "%0d%0alocation:%20https://evil.example",
  ].map((query) =>
    row(
      REDIRECT,
      "parameters for Queue-it in the page's own address",
      `${PAGE}?${query}`,
      WAITS,
      heldBy("The page is one encoded parameter of the redirect, after Queue-it's own"),
    ),
  ),
  row(
    REDIRECT,
    "a path that looks like a host",
    `GET //evil.example/tickets?queueittoken=${token}`,
    again("//evil.example/tickets"),
    SAME,
    { shows: LOCATION },
  ),
  row(
    REDIRECT,
    "a path with a backslash",
    `GET /\\evil.example/tickets?queueittoken=${token}`,
    again("/\\evil.example/tickets"),
    SAME,
    { shows: LOCATION },
  ),
  row(
    REDIRECT,
    "a path with an @",
    `GET /@evil.example/tickets?queueittoken=${token}`,
    again("/@evil.example/tickets"),
    SAME,
    { shows: LOCATION },
  ),
  row(
    REDIRECT,
    "line breaks in the address",
    `GET /tickets?queueittoken=${token}&x=%0d%0aset-cookie:a=1`,
    again("/tickets?x=%0d%0aset-cookie:a=1"),
    SAME,
    { shows: LOCATION },
  ),
  row(
    REDIRECT,
    "another host",
    `GET /tickets?queueittoken=${token}`,
    again("/tickets", "evil.example"),
    heldBy("It goes to the host that the visitor's own browser asked; nobody may keep it"),
    { headers: ["host: evil.example"], shows: LOCATION },
  ),
  row(
    REDIRECT,
    "another page to come back to, by a script",
    PAGE,
    WAITS + TOLD,
    queueIt("Queue-it decides whom it sends back where: its GO platform has a list of allowed hosts."),
    { headers: ["x-queueit-ajaxpageurl: https%3A%2F%2Fevil.example"] },
  ),
];

const INJECTION = "Header injection";
const CONFIGURED = heldBy("The SDK encodes it, and the address is made safe for a header once more");
export const INJECTION_CASES: readonly BypassCase[] = [
  row(
    INJECTION,
    "line breaks in name, culture, layout and target of an action",
    PAGE,
    `${WAITS}; \`set-cookie: –\``,
    CONFIGURED,
    { setup: "odd texts", shows: "set-cookie" },
  ),
  row(
    INJECTION,
    "the same, with a token that is refused",
    `${PAGE}?queueittoken=x%0d%0aset-cookie:%20a=1`,
    `${WAITS}, behind Queue-it's \`/error/hash/\`; \`set-cookie: –\``,
    CONFIGURED,
    { setup: "odd texts", shows: "set-cookie" },
  ),
  row(
    INJECTION,
    "line breaks in the address",
    `${PAGE}?x=%0d%0aset-cookie:%20a=1`,
    `${WAITS}; \`set-cookie: –\``,
    heldBy("The page is one encoded parameter of the redirect"),
    { shows: "set-cookie" },
  ),
  row(
    INJECTION,
    "line breaks in a token",
    `${PAGE}?queueittoken=%0d%0aset-cookie:%20a=1`,
    `${WAITS}, behind Queue-it's \`/error/hash/\`; \`set-cookie: –\``,
    heldBy("A refused token is encoded before it is repeated"),
    { shows: "set-cookie" },
  ),
  row(
    INJECTION,
    "parameters in a token",
    `${PAGE}?queueittoken=x%26t%3Dhttps://evil.example`,
    `${WAITS}, behind Queue-it's \`/error/hash/\``,
    heldBy("A refused token is encoded before it is repeated"),
  ),
];
