import { createHmac } from "node:crypto";

/**
 * The call by which Queue-it's platform publishes an integration configuration: the JSON's UTF-8 bytes in
 * hex, and the hex HMAC-SHA256 of that hex text under the secret key.
 *
 * @param publishUrl Real URL of a protected page, with `?__push_queueit_config`.
 */
export function publishCall(configuration: string, publishUrl: string, secretKey: string): Request {
  const integrationInfo = Buffer.from(configuration, "utf8").toString("hex");
  const hash = createHmac("sha256", secretKey).update(integrationInfo).digest("hex");
  return new Request(publishUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ hash, integrationInfo }),
  });
}
