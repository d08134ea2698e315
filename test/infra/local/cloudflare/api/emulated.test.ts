import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { findGap, gaps } from "../../../../../infra/local/cloudflare/api/gaps.ts";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import { ACCOUNT, bareApi } from "./bare-api.ts";
import { type ClientCall, sdkCalls, wranglerPaths } from "./client-calls.ts";
import { emptyAccount } from "./earlier-account.ts";
import { emulatedTables } from "./emulated-table.ts";

const DOCUMENT = fileURLToPath(new URL("../../../../../docs/local-cloudflare.md", import.meta.url));
const MARKED = /(?<=<!-- generated: emulated -->\n)[\s\S]*(?=<!-- end -->)/;

const { routes } = createManagementApi({
  account: emptyAccount(),
  token: "local-only-token-of-a-test",
  log: () => undefined,
});
const anyParameter = (path: string) => path.replaceAll(/:\w+/g, ":x");

/** Calls that are neither answered nor listed as a gap. */
function unknown(calls: readonly ClientCall[]): readonly string[] {
  const isAnswered = ({ method, path }: ClientCall) =>
    routes.some(
      (route) => anyParameter(route.path) === path && (method === undefined || route.method === method),
    );
  return calls
    .filter((call) => !isAnswered(call) && findGap(call.path) === undefined)
    .map(({ method = "any", path }) => `${method} ${path}`);
}

describe("what is emulated", () => {
  it("is what docs/local-cloudflare.md says (npx vitest run emulated -u writes it anew)", async () => {
    const document = readFileSync(DOCUMENT, "utf8");
    expect(document).toMatch(MARKED);
    const fresh = document.replace(MARKED, () => `\n${emulatedTables(routes, gaps)}\n\n`);
    const style = await resolveConfig(DOCUMENT);
    await expect(await format(fresh, { ...style, parser: "markdown" })).toMatchFileSnapshot(DOCUMENT);
  });

  it("includes every call of the official SDK, or says why not", () => {
    const calls = sdkCalls();
    expect(calls.length).toBeGreaterThan(100);
    expect(unknown(calls)).toEqual([]);
  });

  it("includes every path of wrangler, or says why not", () => {
    const calls = wranglerPaths();
    expect(calls.length).toBeGreaterThan(60);
    expect(unknown(calls)).toEqual([]);
  });

  it("names the reason where a client asks for what is not there", async () => {
    const { status, code, message } = await bareApi().call("POST", `${ACCOUNT}/workers/scripts/shop/tails`);
    expect({ status, code }).toEqual({ status: 404, code: 7000 });
    expect(message).toContain("in the local Cloudflare's own output");
  });
});
