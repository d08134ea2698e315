import { describe, expect, it } from "vitest";
import { issueTokens } from "../../../../infra/local/server/issued-tokens.ts";
import { bareApi, SCRIPTS } from "../cloudflare/api/bare-api.ts";
import { callsWith } from "../cloudflare/api/scoped-token.ts";

const READER = { name: "reader", permissions: ["Workers Scripts Read"] } as const;

describe("tokens of a run", () => {
  it("take the place of those of the same name, and of no others", async () => {
    const api = bareApi();
    const first = await issueTokens(api.account, [READER, { ...READER, name: "other" }]);
    const second = await issueTokens(api.account, [READER]);
    const status = async (value = "") => (await callsWith(api, value)("GET", SCRIPTS)).status;
    expect(await status(first["reader"])).toBe(403);
    expect(await status(second["reader"])).toBe(200);
    expect(await status(first["other"])).toBe(200);
    expect(api.account.tokens.all).toHaveLength(2);
  });

  it("have permissions on the account, on its zones and on the user alike", async () => {
    const api = bareApi();
    const permissions = ["Workers Scripts Read", "Zone Read", "User Details Read"] as const;
    const { all = "" } = await issueTokens(api.account, [{ name: "all", permissions }]);
    const call = callsWith(api, all);
    for (const path of [SCRIPTS, "/zones", "/user"]) expect((await call("GET", path)).status).toBe(200);
  });
});
