import { letRead, OWN_ANSWER } from "../answers/response.ts";
import { toHeaderUrl } from "../encoding/percent-encoding.ts";
import type { Decision } from "../request-flow.ts";
import type { DecisionSeen, Facts, HookRequest, WorkerHooks } from "./define-hooks.ts";
import { propertiesOf, refused } from "./returned.ts";
import { runHook } from "./run-hook.ts";
import { LANGUAGE, LAYOUT, withParameter } from "./waiting-room-address.ts";

type ToQueueIt = Extract<Decision, { kind: "to-queue-it" }>;

/** Shows the hook a decision, and gives what comes of it. Never throws. */
export async function afterDecision(
  hooks: WorkerHooks,
  decision: Decision,
  request: HookRequest,
  facts: Facts,
): Promise<Decision | Response> {
  const call = () => hooks.afterDecision?.(seen(decision, facts), request);
  return (await runHook("afterDecision", call, (returned) => changed(decision, returned))) ?? decision;
}

function seen(decision: Decision, facts: Facts): DecisionSeen {
  switch (decision.kind) {
    case "to-queue-it":
      return { kind: decision.kind, url: toHeaderUrl(decision.url), isAjax: decision.isAjax, facts };
    case "strip-token":
    case "preflight":
    case "prefetch":
      return { kind: decision.kind, facts };
    case "pass":
      return { kind: decision.kind, failedOpen: decision.failedOpen, facts };
  }
}

function changed(decision: Decision, returned: unknown): Decision | Response {
  const { language, layout, answer } = propertiesOf(returned, ["language", "layout", "answer"]);
  if (decision.kind !== "to-queue-it") throw refused("Only a way to the waiting room can be changed.");
  const [culture, name] = [
    textLike(language, LANGUAGE_NAME, "language"),
    textLike(layout, LAYOUT_NAME, "layout"),
  ];
  if (answer !== undefined) {
    if (culture !== undefined || name !== undefined)
      throw refused("It answers, and changes the address as well.");
    return inPlace(decision, answer);
  }
  let { url } = decision;
  if (culture !== undefined) url = withParameter(url, LANGUAGE, culture);
  if (name !== undefined) url = withParameter(url, LAYOUT, name);
  return { ...decision, url };
}

/** Names of languages and regions, as BCP 47 has them. */
const LANGUAGE_NAME = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;
/** Whatever people call a layout, on one line. */
const LAYOUT_NAME = /^[^\p{C}]{1,100}$/u;

function textLike(value: unknown, form: RegExp, what: string): string | undefined {
  if (value === undefined || (typeof value === "string" && form.test(value))) return value;
  throw refused(`The ${what} is not the name of one.`);
}

function inPlace({ cookies, reader }: ToQueueIt, given: unknown): Response {
  const { status, contentType, body } = propertiesOf(given, ["status", "contentType", "body"]);
  if (typeof status !== "number" || !(status >= 200 && status < 600) || (status >= 300 && status < 400)) {
    throw refused("The answer's status is neither 200 to 299 nor 400 to 599.");
  }
  if (typeof contentType !== "string" || typeof body !== "string") {
    throw refused("The answer has no contentType, or no body, or one that is not text.");
  }
  const response = new Response(body, {
    status,
    headers: { ...OWN_ANSWER, "content-type": contentType },
  });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  letRead(response.headers, reader);
  return response;
}
