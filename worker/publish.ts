import { updateConfiguration, type Update } from "./configuration-update.ts";
import type { Connector } from "./connector.ts";
import { failureFrom } from "./failure.ts";
import { equalInConstantTime } from "./hmac.ts";
import { logWarning } from "./log.ts";
import { readLimited } from "./read-limited.ts";
import { publishAnswer } from "./response.ts";
import { PUBLISH_PARAMETER } from "./variables.ts";

/** Largest publish call. A configuration is sent in hex, which doubles it. */
const BODY_LIMIT_BYTES = 5 * 1024 * 1024;

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

/** Takes a configuration that Queue-it's platform pushes. The reason of a refusal is logged, never answered. */
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
  const { owner } = connector.settings;
  if (owner !== "publish")
    return refused("not-the-owner", `The configuration is owned by ${owner}, not by publish.`);
  const body = await readBody(request);
  if (body === undefined) return refused("body-invalid", "The body is not UTF-8, or larger than 5 MiB.");
  const call = parseCall(body);
  if (call === undefined)
    return refused("body-invalid", "The body is not JSON with hash and integrationInfo.");
  if (!equalInConstantTime(connector.sign(call.integrationInfo), call.hash.toLowerCase())) {
    return refused("hash-invalid", "The hash does not fit: the secret key differs from the platform's.");
  }
  const text = decodeHex(call.integrationInfo);
  if (text === undefined)
    return refused("body-invalid", "integrationInfo is not the hex form of a UTF-8 text.");
  return updateConfiguration(text, connector);
}

function refused(reason: string, detail: string): Update {
  return { kind: "refused", reason, detail };
}

async function readBody(request: Request): Promise<string | undefined> {
  try {
    return await readLimited(request.body, BODY_LIMIT_BYTES);
  } catch {
    return undefined;
  }
}

function parseCall(body: string): { readonly hash: string; readonly integrationInfo: string } | undefined {
  try {
    const { hash, integrationInfo } = JSON.parse(body) as { hash?: unknown; integrationInfo?: unknown };
    if (typeof hash === "string" && typeof integrationInfo === "string") return { hash, integrationInfo };
  } catch {
    // Not JSON, or null: the same refusal as a missing field.
  }
  return undefined;
}

function decodeHex(hex: string): string | undefined {
  if (hex === "" || hex.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(hex)) return undefined;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
}
