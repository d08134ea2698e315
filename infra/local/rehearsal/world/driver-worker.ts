import { PASSED_THROUGH_HEADER, THREW_HEADER } from "./wrapped-worker.ts";
import { PAGE_BEGINNING } from "./site-worker.ts";

/** Bindings of the driver; the isolates' names are followed by their number. */
export const DRIVER_BINDINGS = {
  key: "KEY",
  connector: "CONNECTOR_",
  control: "CONTROL_",
  site: "SITE",
  siteControl: "SITE_CONTROL",
  namespace: "NAMESPACE",
} as const;

export const KEY_HEADER = "x-rehearsal-key";

/** Requests that are under way at once. */
const AT_ONCE = 48;

/** What an answer was, in one number each. */
export const ANSWER_FLAGS = {
  /** It has the connector's header. */
  connector: 1,
  /** The connector says that it failed and the site answered. */
  failed: 2,
  /** The Worker threw, and the site answered in its place. */
  passedThrough: 4,
  /** The Worker threw, and nobody answered in its place. */
  threw: 8,
  /** The site's page was seen. */
  page: 16,
  /** The site was asked, and is down. */
  siteDown: 32,
} as const;

const F = ANSWER_FLAGS;
const B = DRIVER_BINDINGS;

/**
 * Sends batches of visitors' requests: one request of the rehearsal brings many, and one answer takes theirs back,
 * with what is judged of each. An isolate that has not answered anybody yet gets its first request alone. After
 * the last answer it waits for what the Workers do in the background, so that each batch meets what the one before
 * has left.
 */
export const DRIVER_SOURCE = `
async function told(service, message) {
  const answer = await service.fetch("http://control.invalid/", { method: "POST", body: JSON.stringify(message) });
  return answer.json();
}

async function asked(env, [isolate, method, url, headers, body]) {
  const service = isolate < 0 ? env.${B.site} : env["${B.connector}" + isolate];
  const init = { method, headers, redirect: "manual" };
  if (body !== null && body !== undefined) init.body = body;
  let answer;
  try {
    answer = await service.fetch(url, init);
  } catch {
    return [0, null, null, ${F.threw}, null];
  }
  const h = answer.headers;
  const site = h.get("x-rehearsal-site");
  let flags = 0;
  if (h.has("x-queueit-connector")) flags |= ${F.connector};
  if (h.has("x-queueit-failed")) flags |= ${F.failed};
  if (h.has("${PASSED_THROUGH_HEADER}")) flags |= ${F.passedThrough};
  if (h.has("${THREW_HEADER}")) flags |= ${F.threw};
  if (site === "down") flags |= ${F.siteDown};
  const text = answer.body === null ? "" : await answer.text();
  if (site === "page" || text.startsWith("${PAGE_BEGINNING}")) flags |= ${F.page};
  const cookies = h.getSetCookie();
  return [answer.status, h.get("location"), h.get("x-queueit-redirect"), flags, cookies.length === 0 ? null : cookies];
}

async function batch(env, { requests, isolates, now, kv, site }) {
  const lines = [];
  let elsewhere = [];
  if (site !== undefined) await told(env.${B.siteControl}, { set: site });
  const controls = isolates.map((isolate) => env["${B.control}" + isolate]);
  const states = await Promise.all(controls.map((control) => told(control, { set: { now, ...(kv && { kv }) } })));
  const answers = new Array(requests.length);
  const first = new Set();
  for (const [index, { isCold }] of states.entries()) {
    if (isCold) first.add(requests.findIndex(([isolate]) => isolate === isolates[index]));
  }
  first.delete(-1);
  await Promise.all([...first].map(async (index) => { answers[index] = await asked(env, requests[index]); }));
  let next = 0;
  const lane = async () => {
    while (next < requests.length) {
      const index = next++;
      if (!first.has(index)) answers[index] = await asked(env, requests[index]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(${AT_ONCE}, requests.length) }, lane));
  for (const [index, control] of controls.entries()) {
    for (const line of (await told(control, {})).lines) lines.push([isolates[index], line]);
  }
  return { answers, lines };
}

async function once(env, [isolate, method, url, headers, body]) {
  const answer = await env["${B.connector}" + isolate].fetch(url, { method, headers, body: body ?? undefined, redirect: "manual" });
  return { status: answer.status, headers: [...answer.headers], body: await answer.text() };
}

export default {
  async fetch(request, env) {
    if (request.headers.get("${KEY_HEADER}") !== env.${B.key}) return new Response(null, { status: 403 });
    const message = await request.json();
    switch (message.what) {
      case "batch": return Response.json(await batch(env, message));
      case "once": return Response.json(await once(env, message.request));
      case "scheduled": return Response.json(await told(env["${B.control}0"], { scheduled: message.cron }));
      case "elsewhere": return Response.json(await told(env.${B.siteControl}, {}));
      case "put": await env.${B.namespace}.put(message.key, message.value); return Response.json({});
      case "get": return Response.json({ value: await env.${B.namespace}.get(message.key, "text") });
    }
  },
};
`;
