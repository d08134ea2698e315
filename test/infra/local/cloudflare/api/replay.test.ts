import { describe, expect, it } from "vitest";
import type { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { accountAsRead, emptyAccount } from "./earlier-account.ts";
import { type Exchange, Identifiers, answered, needed, readTraffic } from "./recorded-traffic.ts";

const TOKEN = "local-only-token-of-a-test";

/** Repeats what the provider asked; every answer has to carry what the provider was content with. */
async function replay(
  account: LocalAccount,
  traffic: readonly Exchange[],
  identifiers: Identifiers,
): Promise<void> {
  const api = createManagementApi({ account, token: TOKEN, log: () => undefined });
  for (const { request, response } of traffic) {
    const { method, path, contentType, body } = request;
    const answer = await api.fetch(
      new Request(`http://localhost/client/v4${identifiers.readdress(path)}`, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          ...(contentType !== undefined && { "content-type": contentType }),
        },
        ...(body !== undefined && { body: identifiers.readdress(body) }),
      }),
    );
    const text = await answer.text();
    const where = `${method} ${path}`;
    expect(answer.status, `${where}: ${text}`).toBe(response.status);
    if (answer.status !== 200) continue;
    if (method === "POST") identifiers.learn(resultId(response.body), resultId(text));
    const expected = { body: needed(identifiers.readdress(response.body)) };
    expect({ body: answered(text) }, where).toMatchObject(expected);
  }
}

function resultId(body: string): string {
  return (JSON.parse(body) as { result: { id: string } }).result.id;
}

describe("what the real Terraform provider asked and was content with", () => {
  it("is answered alike on an empty account", async () => {
    await replay(emptyAccount(), readTraffic("create"), new Identifiers());
  });

  it.each([
    "change-variable",
    "config-owned-by-file",
    "destroy",
    "drift-route-deleted",
    "namespace-renamed",
    "noop",
    "route-removed",
    "secret-rotated",
    "update-script",
  ])("is answered alike in %s", async (name) => {
    const traffic = readTraffic(name);
    const identifiers = new Identifiers();
    await replay(await accountAsRead(traffic, identifiers), traffic, identifiers);
  });
});
