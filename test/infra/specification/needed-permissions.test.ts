import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  dashboardName,
  permissionGroup,
  type PermissionName,
} from "../../../infra/cloudflare/permission-groups.ts";
import { createManagementApi } from "../../../infra/local/cloudflare/api/management-api.ts";
import { issueTokens } from "../../../infra/local/server/issued-tokens.ts";
import { NEEDED_PERMISSIONS, neededPermissions } from "../../../infra/specification/needed-permissions.ts";
import { accountAsRead, emptyAccount } from "../local/cloudflare/api/earlier-account.ts";
import { askAgain, Identifiers, readTraffic, resultId } from "../local/cloudflare/api/recorded-traffic.ts";
import { stagingWith } from "../local/server/environments.ts";

/** What the real provider asked: deploys, updates, drift, destroy. */
const RECORDINGS = ["create", "change-variable", "drift-route-deleted", "namespace-renamed", "destroy"];

/** Calls of a recording that a token with these permissions is refused. */
async function refused(
  recording: string,
  permissions: readonly PermissionName[],
): Promise<readonly string[]> {
  const traffic = readTraffic(recording);
  const identifiers = new Identifiers();
  const account = recording === "create" ? emptyAccount() : await accountAsRead(traffic, identifiers);
  const { ci = "" } = await issueTokens(account, [{ name: "ci", permissions }]);
  const token = "local-only-token-of-a-test";
  const api = createManagementApi({ account, token, log: () => undefined });
  const calls: string[] = [];
  for (const { request, response } of traffic) {
    const { method, path } = request;
    const { status, text } = await askAgain(api, request, identifiers, ci);
    if (status === 403) calls.push(`${method} ${path}`);
    if (status < 300 && method === "POST") identifiers.learn(resultId(response.body), resultId(text));
  }
  return calls;
}

const README = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");

describe("the permissions that an environment needs", () => {
  it("are those of the README's table, with the same reasons", () => {
    const rows = [...README.matchAll(/^ *\| ((?:Account|Zone) · [^|]+?) +\| ([^|]+?) +\|$/gm)];
    expect(rows.map(([, permission, why]) => [permission, why])).toEqual(
      NEEDED_PERMISSIONS.map(({ name, why }) => [dashboardName(permissionGroup(name)), why]),
    );
  });

  it("are three for an environment that gives the ids of its zones", async () => {
    const { spec } = await stagingWith();
    expect(neededPermissions([spec])).toEqual([
      "Workers Scripts Write",
      "Workers KV Storage Write",
      "Workers Routes Write",
    ]);
  });

  it("have those of a zone's name and of a Secrets Store besides, where there are any", async () => {
    const { spec } = await stagingWith();
    const named = {
      ...spec,
      routes: spec.routes.map((route) => ({ ...route, zone: { name: "example.com" } })),
    };
    const store = { type: "secrets_store_secret", name: "KEY", storeId: "a", secretName: "b" } as const;
    const bound = { ...spec, worker: { ...spec.worker, bindings: [store] } };
    expect(neededPermissions([named])).toContain("Zone Read");
    expect(neededPermissions([bound])).toContain("Secrets Store Write");
  });

  it.each(RECORDINGS)("are enough for all that the real provider asks in %s", async (recording) => {
    const { spec } = await stagingWith();
    expect(await refused(recording, neededPermissions([spec]))).toEqual([]);
  });

  it.each(["Workers Scripts Write", "Workers KV Storage Write", "Workers Routes Write"] as const)(
    "are not enough for a deploy and a destroy without %s",
    async (without) => {
      const { spec } = await stagingWith();
      const others = neededPermissions([spec]).filter((name) => name !== without);
      expect(await refused("create", others)).not.toEqual([]);
      expect(await refused("destroy", others)).not.toEqual([]);
    },
  );
});
