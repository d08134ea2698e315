import { describe, expect, it } from "vitest";
import type { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { accountAsRead, emptyAccount } from "./earlier-account.ts";
import {
  type Exchange,
  Identifiers,
  answered,
  askAgain,
  needed,
  readTraffic,
  resultId,
} from "./recorded-traffic.ts";

const TOKEN = "local-only-token-of-a-test";

/** Repeats what the provider asked; every answer has to carry what the provider was content with. */
async function replay(
  account: LocalAccount,
  traffic: readonly Exchange[],
  identifiers: Identifiers,
): Promise<void> {
  const api = createManagementApi({ account, token: TOKEN, log: () => undefined });
  for (const { request, response } of traffic) {
    const { method, path } = request;
    const { status, text } = await askAgain(api, request, identifiers, TOKEN);
    const where = `${method} ${path}`;
    expect(status, `${where}: ${text}`).toBe(response.status);
    if (status !== 200) continue;
    if (method === "POST") identifiers.learn(resultId(response.body), resultId(text));
    const expected = { body: needed(identifiers.readdress(response.body)) };
    expect({ body: answered(text) }, where).toMatchObject(expected);
  }
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
