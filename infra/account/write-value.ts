import { CONFIGURATION_KEY } from "../../worker/deployment/variables.ts";
import { UserError } from "../errors/user-error.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { namespaceIdOf } from "./existing-objects.ts";
import type { CloudflareAccess } from "./read-api.ts";

const TIMEOUT_MS = 10_000;

/**
 * Writes the integration configuration to KV. Not tried again: who called reads what is there.
 *
 * @throws UserError when Cloudflare does not confirm it.
 */
export async function writeConfiguration(
  { accountId, namespace }: Pick<ConnectorSpec, "accountId" | "namespace">,
  text: string,
  access: CloudflareAccess,
): Promise<void> {
  const path = `/accounts/${accountId}/storage/kv/namespaces`;
  const id = await namespaceIdOf(namespace.title, path, access);
  if (id === undefined) throw unwritten(`the account has no KV namespace ${namespace.title}`);
  const answer = await fetch(`${access.baseUrl}${path}/${id}/values/${CONFIGURATION_KEY}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${access.token}` },
    body: text,
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw unwritten(`Cloudflare did not answer at ${new URL(access.baseUrl).host}`);
  });
  await answer.body?.cancel();
  if (!answer.ok) {
    throw unwritten(
      `Cloudflare answered ${answer.status}: the token needs permission to write KV (Account · Workers KV Storage · Edit)`,
    );
  }
}

function unwritten(why: string): UserError {
  return new UserError(
    "kv-unwritten",
    `KV was not written for certain: ${why}. See what is there with: npx queueit-cf config show --from kv, and the environment's name.`,
  );
}
