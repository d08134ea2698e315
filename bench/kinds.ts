import { sessionCookie } from "../test/worker/support/session-cookie.ts";
import { queueToken } from "../test/worker/support/tokens.ts";
import { BODY_MARK, HOST, PROTECTED_PATH } from "./integration-configuration.ts";
import type { Answer } from "./visitors.ts";

/** What the Worker is told besides the configuration. Each needs a process of its own. */
export type Variant = "standard" | "enqueue token" | "body trigger";

/** One kind of request: what is sent, and what has to come back. */
export interface Kind {
  readonly name: string;
  readonly variant: Variant;
  /** The bare Worker whose cost is taken off. */
  readonly twin: "bare-pass" | "bare-redirect";
  /** The request with this many cookies besides its own. */
  readonly request: (cookies: number) => Buffer;
  readonly isRight: (answer: Answer) => boolean;
}

const SALE = `${PROTECTED_PATH}?size=2`;
const UPLOAD = `${BODY_MARK}&data=${"x".repeat(1024 * 1024)}`;
const SESSION = "QueueITAccepted-SDFrts345E-V3_event1=";

export const KINDS: readonly Kind[] = [
  {
    name: "nothing matches",
    variant: "standard",
    twin: "bare-pass",
    request: (cookies) => get("/about-us/delivery?country=dk", cookies),
    isRight: (answer) => isPage(answer) && !answer.head.includes(SESSION),
  },
  {
    name: "valid cookie",
    variant: "standard",
    twin: "bare-pass",
    request: (cookies) => get(SALE, cookies, { session: sessionCookie({ fixedMinutes: 1440 }) }),
    isRight: (answer) => isPage(answer) && !answer.head.includes(SESSION),
  },
  {
    name: "valid cookie, extended",
    variant: "standard",
    twin: "bare-pass",
    request: (cookies) => get(SALE, cookies, { session: sessionCookie() }),
    isRight: (answer) => isPage(answer) && answer.head.includes(SESSION),
  },
  {
    name: "redirect",
    variant: "standard",
    twin: "bare-redirect",
    request: (cookies) => get(SALE, cookies),
    isRight: (answer) => answer.status === 302 && answer.head.includes("e=event1"),
  },
  {
    name: "redirect with enqueue token",
    variant: "enqueue token",
    twin: "bare-redirect",
    request: (cookies) => get(SALE, cookies),
    isRight: (answer) => answer.status === 302 && answer.head.includes("&enqueuetoken=ey"),
  },
  {
    name: "token return",
    variant: "standard",
    twin: "bare-redirect",
    request: (cookies) => get(`${SALE}&queueittoken=${queueToken()}`, cookies),
    isRight: (answer) => answer.status === 302 && answer.head.includes(SESSION),
  },
  {
    name: "AJAX",
    variant: "standard",
    twin: "bare-redirect",
    request: (cookies) =>
      get(SALE, cookies, { headers: ["x-queueit-ajaxpageurl: https%3A%2F%2Fshop.example%2Fsale"] }),
    isRight: (answer) => answer.status === 200 && answer.head.includes("x-queueit-redirect: https%3A"),
  },
  {
    name: "body trigger, 1 MB upload",
    variant: "body trigger",
    twin: "bare-pass",
    request: (cookies) =>
      lines("POST /checkout", cookies, { session: sessionCookie({ fixedMinutes: 1440 }) }, UPLOAD),
    isRight: isPage,
  },
];

function isPage(answer: Answer): boolean {
  return answer.status === 200 && answer.body.includes("the shop");
}

interface Extras {
  readonly session?: string;
  readonly headers?: readonly string[];
}

function get(path: string, cookies: number, extras: Extras = {}): Buffer {
  return lines(`GET ${path}`, cookies, extras);
}

/**
 * A request with the headers of a browser behind Cloudflare; the session cookie is the last of its cookies.
 */
function lines(what: string, cookies: number, { session, headers = [] }: Extras, body = ""): Buffer {
  const pairs = Array.from(
    { length: cookies },
    (_, index) => `cookie_${index}=value%20of%20cookie%20${index}`,
  );
  if (session !== undefined) pairs.push(session);
  const head = [
    `${what} HTTP/1.1`,
    `host: ${HOST}`,
    "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-encoding: gzip, br",
    "accept-language: da-DK,da;q=0.9,en;q=0.8",
    "cf-connecting-ip: 192.0.2.1",
    "cf-ray: 8f1b2c3d4e5f6a7b-CPH",
    "x-forwarded-proto: https",
    ...headers,
    ...(pairs.length === 0 ? [] : [`cookie: ${pairs.join("; ")}`]),
    ...(body === "" ? [] : [`content-length: ${body.length}`]),
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
