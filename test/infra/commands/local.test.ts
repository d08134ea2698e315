import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, describe, expect, it } from "vitest";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { packageVersion } from "../../../infra/files/package-version.ts";
import { startLocalServer } from "../../../infra/local/server/local-server.ts";
import { openStateFolder } from "../../../infra/local/state/state-folder.ts";
import { installedPackage } from "../../support/installed-package.ts";
import { runs } from "../../support/runs.ts";
import { stagingWith } from "../local/server/environments.ts";
import { faultsInOutput } from "../formats/validator.ts";
import { queueitCf } from "./cli.ts";

const ready = z.object({
  variables: z.record(z.string(), z.string()),
  accountId: z.string(),
  zones: z.array(z.object({ name: z.string(), id: z.string(), url: z.string() })),
  token: z.string(),
  tokens: z.record(z.string(), z.string()),
  dashboardUrl: z.string().nullable(),
  sitesUrl: z.string(),
  apiUrl: z.string(),
  healthUrl: z.string(),
  controlUrl: z.string(),
  state: z.string().nullable(),
});

/** With the exit code of each. */
const SIGNALS = [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/** Ends the process and every one it has started, as a power cut does. */
function kill(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, "SIGKILL");
}

/** Starts `queueit-cf local` in a process group of its own, and waits until it is ready. */
async function startLocal({ onTestFinished }: TestContext, ...args: readonly string[]) {
  const { command } = await installedPackage();
  const child = spawn(
    process.execPath,
    [command, "local", "--json", "--port", "0", "--api-port", "0", ...args],
    { cwd: PACKAGE_ROOT, detached: true, stdio: ["ignore", "pipe", "ignore"] },
  );
  onTestFinished(() => {
    kill(child);
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  expect(faultsInOutput(line)).toEqual([]);
  const told = ready.parse(JSON.parse(line));
  const { variables } = told;
  const namespaces = `/accounts/${variables["CLOUDFLARE_ACCOUNT_ID"] ?? ""}/storage/kv/namespaces`;
  const call = (method: string, path: string, body?: string) =>
    fetch(`${variables["CLOUDFLARE_BASE_URL"] ?? ""}${namespaces}${path}`, {
      method,
      headers: { authorization: `Bearer ${variables["CLOUDFLARE_API_TOKEN"] ?? ""}` },
      ...(body !== undefined && { body }),
    });
  return { child, call, ready: told };
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "test-local-command-"));
}

describe.concurrent("queueit-cf local", () => {
  it.for(SIGNALS.slice(0, runs(1, SIGNALS.length)))(
    "ends in order at %s, and frees its state for the next",
    async ([signal, code], test) => {
      const state = await newFolder();
      const { child, ready } = await startLocal(test, "--state", state);
      expect((await fetch(ready.dashboardUrl ?? "")).status).toBe(200);
      child.kill(signal);
      // As a closed terminal does.
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([code, null]);
      await (await openStateFolder(state)).close();
    },
  );

  it("loses nothing it has answered for when it is killed in the middle of writes", async (test) => {
    const state = await newFolder();
    const { child, call } = await startLocal(test, "--state", state);
    const created: unknown = await (await call("POST", "", '{"title":"made before the end"}')).json();
    const { id } = z.object({ result: z.object({ id: z.string() }) }).parse(created).result;

    const answered: string[] = [];
    const writes = Array.from({ length: 40 }, async (_, index) => {
      const key = `key-${index}`;
      const response = await call("PUT", `/${id}/values/${key}`, `value of ${key}`);
      if (response.ok) answered.push(key);
      // The other writes are under way at this moment.
      if (answered.length === 10) kill(child);
    });
    await Promise.allSettled(writes);
    expect(answered.length).toBeGreaterThanOrEqual(10);

    const environments = [await stagingWith()] as const;
    const second = await startLocalServer({ environments, port: 0, apiPort: 0, state, log: () => undefined });
    test.onTestFinished(second.close);
    for (const key of answered) {
      const { bytes } = await second.account.getValue(id, key);
      expect(new TextDecoder().decode(bytes)).toBe(`value of ${key}`);
    }
  });

  it("runs in an empty folder with zones of one's own, and tells programs all that they need", async (test) => {
    const { child, ready, call } = await startLocal(
      test,
      "--project",
      await newFolder(),
      "--zone",
      "Shop.Example",
      "--token",
      "ci=Zone Read",
    );
    expect(ready).toMatchObject({
      accountId: ready.variables["CLOUDFLARE_ACCOUNT_ID"],
      zones: [{ name: "shop.example", id: ready.variables["CLOUDFLARE_ZONE_ID"] }],
      token: ready.variables["CLOUDFLARE_API_TOKEN"],
      tokens: { ci: expect.stringMatching(/^local-only-/) as string },
      apiUrl: ready.variables["CLOUDFLARE_BASE_URL"],
      dashboardUrl: null,
      state: null,
    });
    const [zone] = ready.zones;
    expect(zone?.url).toBe(ready.sitesUrl.replace("localhost", "shop.example.localhost") + "/");
    expect(await (await fetch(ready.healthUrl)).json()).toEqual({
      status: "ready",
      version: packageVersion(),
    });
    expect((await call("POST", "", '{"title":"a"}')).status).toBe(200);
    const headers = { authorization: `Bearer ${ready.token}` };
    expect((await fetch(`${ready.controlUrl}/reset`, { method: "POST", headers })).status).toBe(200);
    expect(await (await call("GET", "")).json()).toMatchObject({ result: [] });
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([143, null]);
    await expect(fetch(ready.healthUrl)).rejects.toThrow();
  });

  it.each([
    [["--zone", "shop.example", "--zone", "SHOP.example."], "ends with a dot"],
    [["--account", "1234"], "32 characters"],
    [["--zone", "shop.example", "--token", "ci"], "there are no environments whose permissions"],
  ])("refuses %j before anything starts", async (args, reason) => {
    const { code, stderr } = await queueitCf("local", "--port", "0", "--api-port", "0", ...args);
    expect(code).toBe(1);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(reason);
  });

  it("refuses a state that another process is using, and says which", async (test) => {
    const state = await newFolder();
    const { close } = await openStateFolder(state);
    test.onTestFinished(close);
    const { code, stderr } = await queueitCf("local", "--port", "0", "--api-port", "0", "--state", state);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(
        `The process ${process.pid}( of \\S+)? has been using this state since \\d{4}-\\d\\d-\\d\\dT`,
      ),
    );
  });
});
