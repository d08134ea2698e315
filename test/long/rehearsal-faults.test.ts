import { beforeAll, describe, expect, it } from "vitest";
import { rehearse } from "../../infra/local/rehearsal/rehearse.ts";
import type { PromiseName } from "../../infra/local/rehearsal/rehearsal.ts";
import type { Scenario } from "../../infra/local/rehearsal/scenario.ts";
import { readTarget } from "../../infra/project/targets.ts";
import type { Target } from "../../infra/specification/target.ts";
import { planted } from "../infra/local/rehearsal/planted.ts";
import { scenarioWith } from "../infra/local/rehearsal/scenarios.ts";

interface Fault {
  readonly name: string;
  /** JavaScript of the body of a `fetch` around the Worker's own. */
  readonly body: string;
  readonly promise: PromiseName;
  readonly changes?: Partial<Scenario>;
}

const OWN = "return worker.fetch(request, env, context);";
const COOKIE = `(request.headers.get("cookie") ?? "")`;
const toWaitingRoom = `const answer = await worker.fetch(request, env, context);
  const link = answer.headers.get("location") ?? "";`;

const FAULTS: readonly Fault[] = [
  {
    name: "lets HEAD past",
    promise: "turn",
    body: `if (request.method === "HEAD") return fetch(request); ${OWN}`,
  },
  {
    name: "lets odd methods past",
    promise: "turn",
    body: `if (!["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"].includes(request.method)) return fetch(request); ${OWN}`,
  },
  {
    name: "lets everybody past for a second in new isolates",
    promise: "turn",
    body: `globalThis.began ??= Date.now();
      if (Date.now() - globalThis.began < 1000 && request.method === "GET" && !request.url.includes("queueit")) return fetch(request); ${OWN}`,
    changes: { events: [{ atMs: 30_000, kind: "restart-isolates" }] },
  },
  {
    name: "accepts the token of another event",
    promise: "turn",
    body: `${toWaitingRoom}
      return link.includes("queue-it.net") && request.url.includes("e_anotherrehearsedevent") ? fetch(request) : answer;`,
  },
  {
    name: "answers 500 for a cookie of 8 KB",
    promise: "answered",
    body: `if (${COOKIE}.length > 8000) return new Response("no", { status: 500 }); ${OWN}`,
  },
  {
    name: "answers some people with status 404",
    promise: "answered",
    body: `if ((request.headers.get("cf-connecting-ip") ?? "").endsWith("3")) return new Response("no", { status: 404 }); ${OWN}`,
  },
  {
    name: "sends people with a session to the same page for ever",
    promise: "answered",
    body: `if (${COOKIE}.includes("QueueITAccepted")) return Response.redirect(request.url); ${OWN}`,
  },
  {
    name: "gives the redirect of one page for another",
    promise: "answered",
    body: `${toWaitingRoom}
      if (link.includes("queue-it.net")) globalThis.kept = link;
      const isOpen = answer.status === 200 && !answer.headers.has("set-cookie") && !${COOKIE}.includes("QueueITAccepted");
      return isOpen && globalThis.kept ? Response.redirect(globalThis.kept) : answer;`,
  },
  {
    name: "sends everybody to another waiting room",
    promise: "place",
    body: `${toWaitingRoom}
      if (!link.includes("queue-it.net")) return answer;
      const url = new URL(link);
      url.searchParams.set("e", "another");
      return Response.redirect(url.href);`,
  },
  {
    name: "forgets sessions at a publish call",
    promise: "place",
    body: `if (request.url.includes("queueit") && request.method !== "GET") globalThis.since = Math.floor(Date.now() / 1000);
      const [, issued] = /IssueTime%3D(\\d+)/.exec(${COOKIE}) ?? [];
      if (!(Number(issued) < globalThis.since)) return worker.fetch(request, env, context);
      const headers = new Headers(request.headers);
      headers.delete("cookie");
      return worker.fetch(new Request(request, { headers }), env, context);`,
    changes: { events: [{ atMs: 15_000, kind: "publish" }] },
  },
];

let staging: Target;

beforeAll(async () => {
  staging = await readTarget("staging");
});

describe("a rehearsal of a Worker that", () => {
  it.each(FAULTS)("$name finds it", async ({ body, promise, changes }) => {
    const around = `(worker) => ({ ...worker, async fetch(request, env, context) { ${body} } })`;
    const bundle = await planted(staging, around);
    const kinds = { person: 0.5, attacker: 0.5 };
    const scenario = scenarioWith({ kinds, outflow: 6000, ...changes });
    const { breachCounts } = await rehearse({ target: staging, bundle, scenario });
    expect(breachCounts[promise]).toBeGreaterThan(0);
  });
});
