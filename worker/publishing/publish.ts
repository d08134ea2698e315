import { withinBudget } from "./body-budget.ts";
import { refused, updateConfiguration, type Update } from "./update.ts";
import type { Connector } from "../isolate/connector.ts";
import { failureFrom } from "../runtime/failure.ts";
import { decodeHex } from "../encoding/hex.ts";
import { isSignedBy } from "../encoding/hmac.ts";
import { logWarning } from "../runtime/log.ts";
import { orAfter } from "../runtime/or-after.ts";
import { readPublishCall } from "./publish-call.ts";
import { decodeUtf8, readLimited } from "../runtime/read-limited.ts";
import { OWN_ANSWER } from "../answers/response.ts";
import { PUBLISH_PARAMETER } from "../deployment/variables.ts";

/** Largest publish call. A configuration is sent in hex, which doubles it. */
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;
/** A body that takes longer must not keep others out. */
const BODY_TIMEOUT_MS = 10_000;

/** Whether the query has the publish parameter, by its exact name. */
export function isPublishCall(url: string): boolean {
  if (!url.includes(PUBLISH_PARAMETER)) return false;
  const [address = ""] = url.split("#", 1);
  const queryStart = address.indexOf("?");
  if (queryStart === -1) return false;
  return address
    .slice(queryStart + 1)
    .split("&")
    .some((parameter) => parameter.split("=", 1)[0] === PUBLISH_PARAMETER);
}

/**
 * Takes a configuration that Queue-it's platform pushes. The reason of a refusal is logged, never answered.
 */
export async function answerPublishCall(
  request: Request,
  connect: () => Promise<Connector>,
): Promise<Response> {
  if (request.method !== "POST" && request.method !== "PUT") return publishAnswer("Fail!", 405);
  let update: Update;
  try {
    update = await publish(request, await connect());
  } catch (error) {
    const { reason, message } = failureFrom(error);
    update = refused(reason, message);
  }
  if (update.kind !== "refused") return publishAnswer("Success!", 200);
  logWarning({ event: "publish-refused", reason: update.reason, detail: update.detail });
  return publishAnswer("Fail!", 400);
}

async function publish(request: Request, connector: Connector): Promise<Update> {
  const { owner, secretKey } = connector.settings;
  if (owner !== "publish")
    return refused("not-the-owner", `The configuration is owned by ${owner}, not by publish.`);
  return withinBudget(async (mayHold) => {
    const text = await authenticText(request, secretKey, mayHold);
    return typeof text === "string" ? updateConfiguration(text, connector) : text;
  });
}

/** The configuration that the call brings, or why there is none. */
async function authenticText(
  request: Request,
  secretKey: string,
  mayHold: (bytes: number) => boolean,
): Promise<string | Update> {
  const body = await readBody(request, mayHold);
  if (body === undefined)
    return refused("body-invalid", "The body is over 5 MiB, too slow, one of too many, or broke off.");
  const call = readPublishCall(body);
  if (call === undefined)
    return refused("body-invalid", "The body is not JSON with hash and integrationInfo.");
  if (!(await isSignedBy(secretKey, call.integrationInfo, call.hash))) {
    return refused(
      "hash-invalid",
      "The hash does not fit: a stranger called, or the platform has another secret key.",
    );
  }
  const bytes = decodeHex(call.integrationInfo);
  const text = bytes && decodeUtf8(bytes);
  return text ?? refused("body-invalid", "integrationInfo is not the hex form of a UTF-8 text.");
}

async function readBody(
  request: Request,
  mayHold: (bytes: number) => boolean,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // None is 0; a number that is none is not within the limit.
  if (!(Number(request.headers.get("content-length")) <= BODY_LIMIT_BYTES)) return undefined;
  const late = (): Promise<undefined> => Promise.resolve(undefined);
  try {
    return await orAfter(BODY_TIMEOUT_MS, readLimited(request.body, BODY_LIMIT_BYTES, mayHold), late);
  } catch {
    return undefined;
  }
}

/** Answer to a publish call, in the words that Queue-it's platform expects. */
function publishAnswer(outcome: "Success!" | "Fail!", status: 200 | 400 | 405): Response {
  const allow = status === 405 ? { allow: "POST, PUT" } : {};
  return new Response(outcome, { status, headers: { ...OWN_ANSWER, ...allow } });
}
