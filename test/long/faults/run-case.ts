import { setTimeout as pause } from "node:timers/promises";
import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { keepCopy } from "../../worker/support/kept-copies.ts";
import { RawOrigin } from "../../worker/support/raw-origin.ts";
import { rawRequest } from "../../worker/support/raw-request.ts";
import { askForSocket, type SocketAnswer } from "../../worker/support/raw-web-socket.ts";
import { sessionCookie } from "../../worker/support/session-cookie.ts";
import { Shop } from "../../worker/support/shop.ts";
import { queueToken } from "../../worker/support/tokens.ts";
import type { Behaviour, FaultCase, Given, Outcome, PublishCall, Visitor } from "./fault-case.ts";

const CONFIGURATION = JSON.stringify(configurationOf(queueAction()));
const PAGE = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nthe shop";
/** Requests of each case: the log must not grow with them. */
const REQUESTS = 2;

/** Brings about a fault in a Worker of its own, and tells what came of it. */
export async function outcomeOf({ given, visitor, mode, expected }: FaultCase): Promise<Outcome> {
  const site = await RawOrigin.open();
  site.answer = PAGE;
  let ofSite = given.site;
  site.answerTo = (request) => (isForSite(request) ? ofSite : given.endpoint);
  const kv = new FaultyKv(given);
  const shop = await openShop(given, mode, site.address, kv);
  const other = given.elsewhere === true ? await openShop(given, mode, site.address, kv) : shop;
  const visits = async (): Promise<Omit<Outcome, "log">> => {
    await before(shop, given, visitor, kv);
    await hasSaid(shop, given.kvLater === undefined ? 0 : expected.log.length);
    site.asked.length = 0;
    const calls = await publishAll(other, given);
    if (given.pull === true) await shop.runSchedule();
    if (given.elsewhere === true) {
      calls.push(`${await ask(shop, given, visitor)}, a minute later`);
      await lookAgain(shop, given, visitor, kv);
      site.asked.length = 0;
    }
    const answers = given.siteEach ?? Array.from({ length: REQUESTS }, () => given.site);
    const gets: string[] = [];
    for (ofSite of answers)
      gets.push(await ask(shop, { ...given, ...(ofSite && { site: ofSite }) }, visitor));
    const siteAsked = site.asked.filter(isForSite).length / answers.length;
    const visitorGets = [...new Set(gets)].join(", then ");
    return { visitorGets: [...calls, visitorGets].join("; "), siteAsked };
  };
  try {
    const closeAll = (): Promise<unknown> =>
      Promise.all([shop.close(), ...(other === shop ? [] : [other.close()])]);
    const log = (): string[] => linesOf([...shop.log, ...(other === shop ? [] : other.log)]);
    return { ...(await visits().finally(closeAll)), log: log() };
  } finally {
    await site.close();
  }
}

/** KV as a case has it. */
class FaultyKv {
  now: Behaviour;
  reads = 0;

  constructor(readonly given: Given) {
    this.now = given.kv ?? { says: CONFIGURATION };
  }

  readonly get = (): Promise<string | null> => {
    this.reads++;
    return read(this.now);
  };

  readonly put = async (text: string): Promise<void> => {
    if (this.given.kvWrite !== undefined) await read({ fault: this.given.kvWrite });
    this.now = { says: text };
  };
}

/** What comes before the requests that count. */
async function before(shop: Shop, given: Given, visitor: Visitor, kv: FaultyKv): Promise<void> {
  if (given.keptCopy !== undefined) {
    const { text = CONFIGURATION, ...of } = given.keptCopy === true ? {} : given.keptCopy;
    await keepCopy(shop, text, of);
  }
  const clocks = [given.clock ?? []].flat();
  if (given.kvLater !== undefined || clocks.length > 0 || given.publish !== undefined || given.pull === true)
    await ask(shop, given, visitor);
  for (let start = 0; start <= (given.restarts ?? 0); start++) {
    if (start > 0) await shop.restart();
    await Promise.all(Array.from({ length: given.crowd ?? 0 }, () => ask(shop, given, visitor)));
  }
  for (const seconds of clocks) {
    await shop.setClock(seconds);
    await ask(shop, given, visitor);
  }
  if (given.kvLater !== undefined) {
    kv.now = given.kvLater;
    await lookAgain(shop, given, visitor, kv);
  }
}

function openShop(given: Given, mode: string, address: string, kv: FaultyKv): Promise<Shop> {
  const { variables, without, kvIs, hooks, chained, secretsStore = {} } = given;
  return Shop.open({
    ...(without === "kv" || kvIs !== undefined ? {} : { kv: kv.get, kvWrite: kv.put }),
    ...(without === undefined ? {} : { without }),
    ...(kvIs === undefined ? {} : { kvIs }),
    ...(hooks === undefined ? {} : { hooks }),
    ...(chained === undefined ? {} : { chained }),
    originAddress: address,
    variables: { QUEUEIT_FAILURE_MODE: mode, ...variables },
    secretsStore: Object.fromEntries(
      Object.entries(secretsStore).map(([name, behaviour]) => [name, () => read(behaviour)]),
    ),
  });
}

async function read(behaviour: Behaviour): Promise<string | null> {
  if ("fault" in behaviour) {
    if (behaviour.fault === "throws") throw new Error("The store is down.");
    return new Promise(() => undefined);
  }
  await pause(behaviour.afterMs ?? 0);
  return behaviour.says;
}

function isForSite(request: string): boolean {
  return /^host: shop\.example/im.test(request);
}

/** A minute later the isolate looks at KV behind the back of a request; then it has seen what KV says now. */
async function lookAgain(shop: Shop, given: Given, visitor: Visitor, kv: FaultyKv): Promise<void> {
  const { reads } = kv;
  const start = [given.clock ?? 0].flat().at(-1) ?? 0;
  // A look that an earlier request began may end only now, and then the next one is a minute later.
  for (let minute = 1; kv.reads === reads; minute++) {
    await shop.setClock(start + 61 * minute);
    await ask(shop, given, visitor);
    for (let tries = 0; tries < 200 && kv.reads === reads; tries++) await pause(5);
  }
  await pause(50);
}

/** What is done behind the back of a request ends in a line of the log, which another process writes. */
async function hasSaid(shop: Shop, lines: number): Promise<void> {
  for (let tries = 0; tries < 1000 && linesOf(shop.log).length < lines; tries++) await pause(10);
}

/** What the caller gets, for each publish call. */
async function publishAll(shop: Shop, { publish = [], atOnce = false }: Given): Promise<string[]> {
  const call = async ({ body, method = "POST", headers }: PublishCall): Promise<string> => {
    const head = [
      `${method} /?__push_queueit_config HTTP/1.1`,
      "host: shop.example",
      ...(headers ?? [`content-length: ${Buffer.byteLength(body, "latin1")}`]),
    ];
    const [top = "", said = ""] = (await rawRequest(shop, head, body)).split("\r\n\r\n");
    return `\`${top.slice(9, 12)} ${said}\``;
  };
  if (atOnce) return (await Promise.all(publish.map(call))).sort();
  const answers: string[] = [];
  for (const one of publish) answers.push(await call(one));
  return answers;
}

async function ask(shop: Shop, given: Given, visitor: Visitor): Promise<string> {
  const path = visitor === "on another page" ? "/about" : "/tickets";
  const token = {
    "with a token": queueToken(),
    "with a forged token": queueToken({}, "another-fake-secret"),
  }[visitor as string];
  const head = [
    `${given.method ?? "GET"} ${path}${token === undefined ? "" : `?queueittoken=${token}`} HTTP/1.1`,
    `host: ${given.host ?? "shop.example"}`,
    ...(visitor === "with a session" ? [`cookie: ${sessionCookie()}`] : []),
    ...(given.headers ?? []),
  ];
  const ofSite = given.site?.bytes ?? PAGE;
  if (given.socket === true) return socketInWords(await askForSocket(shop, head), ofSite);
  const body = given.method === "POST" ? (given.body ?? "0123456789") : "";
  return inWords(await rawRequest(shop, head, body), ofSite, given.site?.times);
}

function socketInWords({ answer, messages, closed }: SocketAnswer, ofSite: string): string {
  if (!answer.startsWith("HTTP/1.1 101")) return inWords(answer, ofSite);
  const session = /^set-cookie: QueueITAccepted/im.test(answer) ? ", and a session" : "";
  const said = messages.map((message) => (message.length > 9 ? `${message.length} bytes` : `"${message}"`));
  const end = closed === undefined ? "breaks off" : `closes with ${closed}`;
  const unqueued = /^x-queueit-failed: true/im.test(answer) ? ", unqueued (`x-queueit-failed`)" : "";
  return `a WebSocket that ${[...said.map((words) => `says ${words}`), end].join(", ")}${unqueued}${session}`;
}

/** An answer as a visitor would tell of it. */
function inWords(answer: string, ofSite: string, times = 1): string {
  const [head = "", body = ""] = splitHead(answer);
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? "";
  const status = Number(/^HTTP\/1.1 (\d+)/.exec(head)?.[1]);
  const ofOurs = header("cache-control").includes("no-store") && header("x-queueit-connector") !== "";
  const session = /^set-cookie: QueueITAccepted/im.test(head) ? ", and a session" : "";
  if (answer === "") return "a closed connection";
  if (/^<!doctype html>.*(?:right back|cannot be)/.test(body) && ofOurs)
    return status === 503
      ? "503, come back in 30 s"
      : `${status}, ${/<h1>(.*?)<\/h1>/.exec(body)?.[1] ?? ""}`;
  if (ofOurs && status === 302) {
    const location = header("location");
    if (location.includes("/error/")) return "Queue-it's error page";
    return location.includes("queue-it.net") ? "the waiting room" : `the page again${session}`;
  }
  if (status === 500 && body === "Internal Server Error" && header("x-queueit-connector") === "")
    return "the platform's own error (1101)";
  const statusOfSite = Number(/^HTTP\/1.1 (\d+)/.exec(ofSite)?.[1] ?? 200);
  const what =
    (status === statusOfSite ? "the site's answer" : `status ${status}`) + cut(head, body, ofSite, times);
  return header("x-queueit-failed") === "true"
    ? `${what}, unqueued (\`x-queueit-failed\`)${session}`
    : `${what}${session}`;
}

function splitHead(answer: string): [string, string] {
  const end = answer.indexOf("\r\n\r\n");
  return end === -1 ? [answer, ""] : [answer.slice(0, end), answer.slice(end + 4)];
}

/** Whether the visitor was told of more, or given less, than the site's answer has: nothing of it may be lost. */
function cut(head: string, body: string, ofSite: string, times: number): string {
  const [, bodyOfSite] = splitHead(ofSite);
  const announced = /^content-length: (\d+)/im.exec(head)?.[1];
  const isHeadOnly = body === "" && announced !== undefined;
  if (isHeadOnly) return "";
  const bytes = /^transfer-encoding: chunked/im.test(head) ? dechunked(body) : body;
  if (bytes === undefined || (announced !== undefined && Number(announced) > bytes.length))
    return ", cut off";
  const length = /^transfer-encoding: chunked/im.test(ofSite) ? bytes.length : bodyOfSite.length * times;
  return bytes.length === length || bytes === "" ? "" : ", changed";
}

/** What was sent in chunks; undefined when the last one is missing. */
function dechunked(body: string): string | undefined {
  const parts: string[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf("\r\n", at);
    const size = parseInt(body.slice(at, end), 16);
    if (end === -1 || Number.isNaN(size)) return undefined;
    if (size === 0) return parts.join("");
    parts.push(body.slice(end + 2, end + 2 + size));
    at = end + 4 + size;
  }
}

/** To be read when the Worker has ended: another process writes it. */
function linesOf(log: readonly string[]): string[] {
  return log
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { event: string; reason: string })
    .map(({ event, reason }) => `${event}: ${reason}`)
    .sort();
}
