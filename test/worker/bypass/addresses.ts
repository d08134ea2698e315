import {
  cloudflare,
  heldBy,
  honest,
  queueIt,
  REFUSED,
  row,
  SITE,
  theSite,
  WAITS,
  type BypassCase,
} from "./bypass-case.ts";

const NORMALIZED = '`matching: "normalized"` tries the URL in each way in which a server may read it';
const SPELLING = queueIt(
  'A trigger sees the URL as it came. `queueit-cf validate --configuration FILE` names such triggers; `matching: "normalized"` holds it, as the next row shows.',
);
const RUNTIME = heldBy("No Worker is asked, and neither is the site");

/** A spelling that passes unless `matching` says otherwise. */
function spelling(
  area: string,
  trick: string,
  request: string,
  headers: readonly string[] = [],
): BypassCase[] {
  return [
    row(area, trick, request, SITE, SPELLING, { headers }),
    row(area, trick, request, WAITS, heldBy(NORMALIZED), { headers, setup: "normalized" }),
  ];
}

const PATH = "Path";
export const PATH_CASES: readonly BypassCase[] = [
  row(PATH, "a protected page", "GET /tickets", WAITS, honest("the action on `/tickets`")),
  row(PATH, "a page that nothing protects", "GET /about", SITE, honest("no action matches")),
  row(
    PATH,
    "other letters, where the trigger ignores case",
    "GET /TICKETS",
    WAITS,
    heldBy("The trigger's `IsIgnoreCase`"),
  ),
  ...spelling(PATH, "a letter percent-encoded", "GET /%74ickets"),
  ...spelling(PATH, "a letter percent-encoded twice", "GET /%2574ickets"),
  row(
    PATH,
    "out of an open folder by dots",
    "GET /static/../tickets",
    WAITS,
    heldBy("The runtime takes the dots out before the Worker sees them"),
  ),
  ...spelling(PATH, "out of an open folder by encoded dots", "GET /static/%2e%2e/tickets"),
  ...spelling(PATH, "out of an open folder by an encoded slash", "GET /static/..%2ftickets"),
  ...spelling(PATH, "out of an open folder by a backslash", "GET /static\\..\\tickets"),
  ...spelling(
    PATH,
    "out of an open folder by a path parameter, which Java cuts off",
    "GET /static/..;/tickets",
  ),
  ...spelling(PATH, "out of an open folder, encoded twice", "GET /static/%252e%252e/tickets"),
  row(PATH, "two slashes", "GET //tickets", WAITS, heldBy("The path still contains the literal")),
  row(PATH, "a zero byte behind it", "GET /tickets%00", WAITS, heldBy("The path still contains the literal")),
  row(
    PATH,
    "a path parameter behind it",
    "GET /tickets;jsessionid=1",
    WAITS,
    heldBy("The path still contains the literal"),
  ),
  row(
    PATH,
    "a dot and a blank behind it, which Windows cuts off",
    "GET /tickets.%20",
    WAITS,
    heldBy("The path still contains the literal"),
  ),
  row(
    PATH,
    "a slash behind a path that the trigger `Equals`",
    "GET /Exact/",
    SITE,
    queueIt(
      "`Equals` means equal. Use `Contains` for pages; `validate --configuration` names such triggers.",
    ),
  ),
  row(
    PATH,
    "the same, normalized",
    "GET /Exact/",
    SITE,
    queueIt("No reading of the URL takes a slash away: `Contains` does."),
    { setup: "normalized" },
  ),
  row(
    PATH,
    "other letters, where the trigger does not ignore case",
    "GET /EXACT",
    SITE,
    queueIt("Set `IsIgnoreCase` where the site ignores case."),
    { setup: "normalized" },
  ),
  row(
    PATH,
    "a letter that looks like another",
    "GET /%EF%BD%94ickets",
    SITE,
    theSite("Another page, unless the site itself folds such letters: it must not."),
    { setup: "normalized" },
  ),
  row(
    PATH,
    "an open address in the query, where the trigger looks at all of the URL",
    "GET /tickets?x=/health",
    SITE,
    queueIt("An `Ignore` action must compare `PagePath`, not `PageUrl`, and `Equals`."),
    { setup: "normalized" },
  ),
  row(
    PATH,
    "an open folder behind a protected page",
    "GET /tickets/static/",
    SITE,
    queueIt("The first action that matches counts: put `Queue` actions before `Ignore` actions."),
    { setup: "normalized" },
  ),
  row(
    PATH,
    "the page that ends a session",
    "GET /leave",
    SITE,
    queueIt("A `Cancel` action lets whoever has no session pass. It must not be on a page worth having."),
  ),
  row(
    PATH,
    "the protected page through it",
    "GET /leave/..%2ftickets",
    WAITS,
    heldBy("A queue action in any reading comes before a cancel action"),
    { setup: "normalized" },
  ),
  row(
    PATH,
    "a path of 15,000 characters",
    `GET /tickets${"/a".repeat(7500)}`,
    WAITS,
    heldBy("The Worker's time grows with the length, no faster (`test/worker/linear-cost.test.ts`)"),
  ),
  row(
    PATH,
    "bytes that are not UTF-8",
    "GET /tickets\xff\xfe",
    WAITS,
    heldBy("Nothing in the address makes the Worker fail (`test/worker/hostile-visitors.test.ts`)"),
  ),
];

const HOST = "Host";
const VIP = "a host name that the trigger `Equals`";
export const HOST_CASES: readonly BypassCase[] = [
  row(HOST, VIP, "GET /", WAITS, honest("the action on `vip.example`"), { headers: ["host: vip.example"] }),
  ...spelling(HOST, "other letters", "GET /", ["host: VIP.Example"]),
  ...spelling(HOST, "a dot behind it", "GET /", ["host: vip.example."]),
  ...spelling(HOST, "a port", "GET /", ["host: vip.example:8443"]),
  ...["shop.example:99999", "shop:x", "[::1", "256.1.1.1", "xn--a"].map((host) =>
    row(
      HOST,
      "a host that no URL can have",
      "GET /tickets",
      WAITS,
      heldBy("The Worker never parses the URL by a function that throws"),
      { headers: [`host: ${host}`] },
    ),
  ),
  row(HOST, "two hosts", "GET /tickets", REFUSED, RUNTIME, {
    headers: ["host: shop.example", "host: evil.example"],
  }),
  row(HOST, "no host", "GET /tickets", REFUSED, RUNTIME, { headers: ["host:"] }),
  row(HOST, "another host in the request line", "GET http://evil.example/about", REFUSED, RUNTIME),
  row(HOST, "an address for a proxy", "GET https://shop.example/tickets", REFUSED, RUNTIME),
  row(
    HOST,
    "another host for the site",
    "GET /tickets",
    WAITS,
    heldBy("The Worker looks at the address alone"),
    { headers: ["x-forwarded-host: evil.example"] },
  ),
  row(
    HOST,
    "the protected host for the site, on a host that is open",
    "GET /",
    SITE,
    theSite("It must not believe `X-Forwarded-Host`; or protect all of its hosts."),
    { headers: ["x-forwarded-host: vip.example"] },
  ),
  row(
    HOST,
    "another host of the same site",
    "GET /",
    SITE,
    cloudflare(
      "Each host needs a route and an action. `queueit-cf verify` tries every host of the environment; hosts that it does not name, `workers.dev` and the site's own address are open (below).",
    ),
    { headers: ["host: other.example"] },
  ),
];
