import { Response as MiniflareResponse } from "miniflare";
import { setTimeout as pause } from "node:timers/promises";
import { configurationOf, queueAction } from "../../worker/support/configurations.ts";
import { RawOrigin } from "../../worker/support/raw-origin.ts";
import { rawRequest } from "../../worker/support/raw-request.ts";
import { sessionCookie } from "../../worker/support/session-cookie.ts";
import { Shop } from "../../worker/support/shop.ts";
import { hmac, queueToken } from "../../worker/support/tokens.ts";
import type { Behaviour, FaultCase, Given, Outcome, PublishCall, Visitor } from "./fault-case.ts";

const CONFIGURATION = JSON.stringify(configurationOf(queueAction()));
const PAGE = "HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\nthe shop";
/** Requests of each case: the log must not grow with them. */
const REQUESTS = 2;

/** Brings about a fault in a Worker of its own, and tells what came of it. */
export async function outcomeOf({ given, visitor, mode, expected }: FaultCase): Promise<Outcome> {
  const site = await RawOrigin.open();
  site.answer = PAGE;
  site.answerTo = (request) => (isForSite(request) ? given.site : given.endpoint);
  const kv = { now: given.kv ?? { says: CONFIGURATION }, reads: 0 };
  const readKv = (): Promise<string | null> => {
    kv.reads++;
    return read(kv.now);
  };
  const writeKv = async (text: string): Promise<void> => {
    if (given.kvWrite !== undefined) await read({ fault: given.kvWrite });
    kv.now = { says: text };
  };
  const shop = await openShop(given, mode, site.address, readKv, writeKv);
  const visits = async (): Promise<Omit<Outcome, "log">> => {
    if (given.keptCopy === true) await keepCopy(shop);
    const isLater = given.kvLater !== undefined || given.clock !== undefined;
    if (isLater || given.publish !== undefined || given.pull === true) await ask(shop, given, visitor);
    if (given.clock !== undefined) await shop.setClock(given.clock);
    if (given.kvLater !== undefined) {
      kv.now = given.kvLater;
      await lookAgain(shop, given, visitor, () => kv.reads);
    }
    await hasSaid(shop, given.kvLater === undefined ? 0 : expected.log.length);
    site.asked.length = 0;
    const calls = await publishAll(shop, given);
    if (given.pull === true) await shop.runSchedule();
    const gets: string[] = [];
    for (let request = 0; request < REQUESTS; request++) gets.push(await ask(shop, given, visitor));
    const siteAsked = site.asked.filter(isForSite).length / REQUESTS;
    const visitorGets = [...new Set(gets)].join(", then ");
    return { visitorGets: [...calls, visitorGets].join("; "), siteAsked };
  };
  try {
    return { ...(await visits().finally(() => shop.close())), log: linesOf(shop.log) };
  } finally {
    await site.close();
  }
}

function openShop(
  given: Given,
  mode: string,
  address: string,
  kv: () => Promise<string | null>,
  kvWrite: (text: string) => Promise<void>,
): Promise<Shop> {
  const { variables, without, kvIs, secretsStore = {} } = given;
  return Shop.open({
    ...(without === "kv" || kvIs !== undefined ? {} : { kv, kvWrite }),
    ...(without === undefined ? {} : { without }),
    ...(kvIs === undefined ? {} : { kvIs }),
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

/** What another isolate of the data center would have left there. */
async function keepCopy(shop: Shop): Promise<void> {
  const at = String(Date.now());
  const sealed = `${hmac(`queueit-copy\nshop.example\n${at}\n${CONFIGURATION}`)} ${at}\n${CONFIGURATION}`;
  const copy = new MiniflareResponse(sealed, { headers: { "cache-control": "max-age=86400" } });
  await (
    await shop.cache("queueit-connector")
  ).put(`https://shop.example/${hmac("queueit-copy\nshop.example")}`, copy);
}

/** A minute later the isolate looks at KV behind the back of a request; then it has seen what KV says now. */
async function lookAgain(shop: Shop, given: Given, visitor: Visitor, reads: () => number): Promise<void> {
  const before = reads();
  await shop.setClock(61 + (given.clock ?? 0));
  await ask(shop, given, visitor);
  while (reads() === before) await pause(5);
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
    "host: shop.example",
    ...(visitor === "with a session" ? [`cookie: ${sessionCookie()}`] : []),
    ...(given.headers ?? []),
  ];
  return inWords(
    await rawRequest(shop, head, given.method === "POST" ? "0123456789" : ""),
    given.site?.bytes ?? PAGE,
  );
}

/** An answer as a visitor would tell of it. */
function inWords(answer: string, ofSite: string): string {
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
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
  const statusOfSite = Number(/^HTTP\/1.1 (\d+)/.exec(ofSite)?.[1] ?? 200);
  const what = status === statusOfSite ? "the site's answer" : `status ${status}`;
  return header("x-queueit-failed") === "true"
    ? `${what}, unqueued (\`x-queueit-failed\`)${session}`
    : `${what}${session}`;
}

/** To be read when the Worker has ended: another process writes it. */
function linesOf(log: readonly string[]): string[] {
  return log
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { event: string; reason: string })
    .map(({ event, reason }) => `${event}: ${reason}`)
    .sort();
}
