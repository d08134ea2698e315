import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { describe, expect, it } from "vitest";
import { CALL_NOTES } from "../../../../../infra/local/cloudflare/api/call-notes.ts";
import { findGap, gaps } from "../../../../../infra/local/cloudflare/api/gaps.ts";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import {
  ANSWERED_TYPES,
  RECORDED_TYPES,
  UNCOVERED_TYPES,
} from "../../../../../infra/local/cloudflare/api/terraform-coverage.ts";
import { ACCOUNT, bareApi } from "./bare-api.ts";
import { type ClientCall, sdkCalls, wranglerPaths } from "./client-calls.ts";
import { emptyAccount } from "./earlier-account.ts";
import { emulatedPage } from "./emulated-table.ts";

const PAGE = fileURLToPath(new URL("../../../../../docs/local-cloudflare-calls.md", import.meta.url));
const TRAFFIC = fileURLToPath(new URL("../../../../fixtures/traffic", import.meta.url));

const { routes } = createManagementApi({
  account: emptyAccount(),
  token: "local-only-token-of-a-test",
  log: () => undefined,
});
const anyParameter = (path: string) => path.replaceAll(/:\w+/g, ":x");

/** Calls of the real provider, each as the route that answers it. */
function recordedCalls(): readonly string[] {
  const lines = readdirSync(TRAFFIC).flatMap((name) =>
    readFileSync(join(TRAFFIC, name), "utf8").trim().split("\n"),
  );
  return lines.flatMap((line) => {
    const { request } = JSON.parse(line) as {
      readonly request: { readonly method: string; readonly path: string };
    };
    const [path = ""] = request.path.split("?");
    const route = routes.find(
      ({ method, path: wanted }) =>
        method === request.method && new RegExp(`^${wanted.replaceAll(/:\w+/g, "[^/]+")}$`).test(path),
    );
    return route === undefined ? [`unknown: ${request.method} ${path}`] : [`${route.method} ${route.path}`];
  });
}

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
  it("is what docs/local-cloudflare-calls.md says (npx vitest run emulated -u writes it anew)", async () => {
    const page = emulatedPage({ routes, notes: CALL_NOTES, gaps });
    const style = await resolveConfig(PAGE);
    await expect(await format(page, { ...style, parser: "markdown" })).toMatchFileSnapshot(PAGE);
  });

  it("has a note on every route, and on no other", () => {
    const noted = CALL_NOTES.flatMap(({ calls }) => calls);
    expect(noted).toEqual([...new Set(noted)]);
    expect([...noted].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it("includes every call of Terraform's provider that was recorded, under the type that makes it", () => {
    const recorded = new Set(recordedCalls());
    expect(recorded.size).toBeGreaterThan(15);
    expect([...new Set(RECORDED_TYPES.flatMap(({ calls }) => calls))].sort()).toEqual([...recorded].sort());
  });

  it("includes every call of a type that is said to be answered, and none of one that is not", () => {
    const answered = new Set(routes.map(({ method, path }) => anyParameter(`${method} ${path}`)));
    const calls = (types: typeof ANSWERED_TYPES) => types.flatMap((type) => type.calls.map(anyParameter));
    expect(calls(ANSWERED_TYPES).filter((call) => !answered.has(call))).toEqual([]);
    expect(calls(UNCOVERED_TYPES).filter((call) => answered.has(call))).toEqual([]);
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
