import type { SentSession } from "./judge/judge.ts";
import type { Matched } from "./judge/protections.ts";
import { SESSION_COOKIE } from "./visitors/jar.ts";
import type { Ask } from "./visitors/mind.ts";
import type { Visitor } from "./visitors/visitor.ts";
import type { SentRequest } from "./world/world.ts";

/** A request as it is sent, and as it is judged. */
export interface AskedRequest {
  readonly sent: Omit<SentRequest, "isolate">;
  readonly matched: Matched;
  readonly sessions: readonly SentSession[];
  readonly host: string;
}

/** What a visitor's request looks like at the edge. */
export function askedRequest(ask: Ask, { number, behaviour, jar }: Visitor): AskedRequest {
  const { method = "GET", page, token, body } = ask;
  const host = hostOf(page);
  const sessions = ask.sessions ?? jar.for(host);
  const headers = new Map<string, string>([
    ["host", host],
    ["user-agent", behaviour.userAgent],
    ["cf-connecting-ip", addressOf(number)],
  ]);
  for (const [name, value] of Object.entries(ask.headers ?? {})) headers.set(name, value);
  const others = headers.get("cookie") ?? otherCookies(number, behaviour.isToBeServed);
  const cookies = [others, cookieHeader(sessions)].filter((each) => each !== "").join("; ");
  if (cookies === "") headers.delete("cookie");
  else headers.set("cookie", cookies);
  if (token?.in === "header") headers.set("x-queueittoken", token.credential.value);
  return {
    sent: {
      method,
      url: token?.in === "address" ? withToken(page, token.credential.value) : page,
      headers: [...headers],
      body,
    },
    matched: { method, pageUrl: page, headers, body: body ?? "" },
    sessions,
    host,
  };
}

/** What the story of a visitor says of a request: without the values of tokens and cookies. */
export function askInWords({ method = "GET", page, token, sessions, headers = {}, body }: Ask): string {
  const names = Object.keys(headers).filter((name) => name !== "content-type");
  return [
    `${method} ${page.length > LONGEST ? `${page.slice(0, LONGEST)}…` : page}`,
    ...(body === undefined ? [] : [`with a body of ${body.length} characters`]),
    ...(token === undefined ? [] : [`with a token in the ${token.in}`]),
    ...(sessions === undefined
      ? []
      : [sessions.length === 0 ? "without cookies" : `with cookies for ${roomsOf(sessions)}`]),
    ...(names.length === 0 ? [] : [`with ${names.join(", ")}`]),
  ].join(" ");
}

const LONGEST = 120;

function roomsOf(sessions: NonNullable<Ask["sessions"]>): string {
  const rooms = [...new Set(sessions.map(({ room }) => room))];
  return rooms.length > 3 ? `${rooms.length} waiting rooms` : rooms.join(", ");
}

function cookieHeader(sessions: readonly (SentSession & { readonly name?: string })[]): string {
  return sessions.map(({ name, room, value }) => `${name ?? SESSION_COOKIE + room}=${value}`).join("; ");
}

function withToken(page: string, token: string): string {
  return `${page}${page.includes("?") ? "&" : "?"}queueittoken=${token}`;
}

/** What analytics and shops leave in some browsers: 8 KB, which is what a cookie header often is. */
const MANY_OTHERS = Array.from({ length: 8 }, (_, each) => `analytics${each}=${"x".repeat(1000)}`).join("; ");

function otherCookies(visitor: number, isCustomer: boolean): string {
  return isCustomer && visitor % 20 === 3 ? MANY_OTHERS : "";
}

function hostOf(page: string): string {
  return /^https:\/\/([^/?#:]*)/.exec(page)?.[1]?.toLowerCase() ?? "";
}

/** Each visitor has an address of their own, from the block for benchmarks (RFC 5180, 2001:2::/48). */
function addressOf(visitor: number): string {
  return `2001:2:0:${(visitor >>> 16).toString(16)}::${(visitor & 0xffff).toString(16)}`;
}
