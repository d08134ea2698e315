import { mkdir, mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import {
  type LocalServer,
  type LocalServerOptions,
  startLocalServer,
} from "../../../../infra/local/server/local-server.ts";
import { Management } from "../../../e2e/management.ts";
import { setUpByHand } from "../../../e2e/hand-made.ts";
import { stagingWith } from "./environments.ts";

const TICKETS = "https://shop.staging.example.com/tickets";

const running = new Set<LocalServer>();
afterEach(async () => {
  for (const server of running) await stop(server);
});

async function stop(server: LocalServer): Promise<void> {
  running.delete(server);
  await server.close();
}

async function start(options: Partial<LocalServerOptions> = {}) {
  const log: string[] = [];
  const server = await startLocalServer({
    environments: [await stagingWith()],
    port: 0,
    apiPort: 0,
    log: ({ message }) => log.push(message),
    ...options,
  });
  running.add(server);
  return { server, log };
}

/** Where a new visitor of the tickets page is sent; null when the page is shown. */
async function firstVisit(server: LocalServer): Promise<string | null> {
  const visitor = new Visitor();
  const answer = await visitor.get(server.localUrl(TICKETS)).finally(() => visitor.close());
  return answer.headers.get("location");
}

async function deploy(server: LocalServer): Promise<void> {
  const { spec } = await stagingWith();
  await setUpByHand(spec, server, new Management(server));
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "test-local-state-"));
}

function titles({ account }: LocalServer): readonly string[] {
  return account.namespaces.map(({ title }) => title);
}

async function create({ apiUrl, token, account }: LocalServer, title: string) {
  const response = await fetch(`${apiUrl}/accounts/${account.id}/storage/kv/namespaces`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ title }),
  });
  return { status: response.status, text: await response.text() };
}

describe("a local Cloudflare", () => {
  it("refuses what it cannot keep, shows none of it, and goes on when it can again", async () => {
    const state = await newFolder();
    const { server } = await start({ state });
    await create(server, "kept before");
    const obstacle = join(state, "account.json.new");
    await mkdir(obstacle);
    const refused = await Promise.all(["a", "b", "c", "d"].map((title) => create(server, title)));
    for (const { status, text } of refused) {
      expect(status).toBe(500);
      expect(text).toContain("Nothing was changed.");
    }
    expect(titles(server)).toEqual(["kept before"]);
    await rmdir(obstacle);
    expect((await create(server, "kept after")).status).toBe(200);
    await stop(server);
    const { server: next } = await start({ state });
    expect(titles(next)).toEqual(["kept before", "kept after"]);
  });

  it("still takes values of KV when it cannot save the account, which they do not change", async () => {
    const state = await newFolder();
    const { server } = await start({ state });
    const { id } = await server.account.createNamespace("a");
    await mkdir(join(state, "account.json.new"));
    const path = `${server.apiUrl}/accounts/${server.account.id}/storage/kv/namespaces/${id}`;
    const headers = { authorization: `Bearer ${server.token}` };
    const put = await fetch(`${path}/values/k`, { method: "PUT", headers, body: "v" });
    expect(put.status).toBe(200);
    expect((await fetch(path, { method: "DELETE", headers })).status).toBe(500);
    expect(await (await fetch(`${path}/values/k`, { headers })).text()).toBe("v");
    await rmdir(join(state, "account.json.new"));
  });

  it("starts with the environments' zones, and shows the site until something is deployed", async () => {
    const { server } = await start();
    const zones = await new Management(server).call("GET", "/zones");
    expect(zones).toMatchObject([{ id: "fedcba9876543210fedcba9876543210" }]);
    expect(await firstVisit(server)).toBeNull();
  });

  it("protects the site as soon as a Worker with its route is deployed", async () => {
    const { server } = await start();
    await deploy(server);
    expect(await firstVisit(server)).toContain(server.localUrl("https://acme.queue-it.net/"));
  });

  it("says that Queue-it published, and never a secret", async () => {
    const { server, log } = await start();
    await deploy(server);
    const text = log.join("\n");
    expect(text).toContain("staging: integration configuration published");
    for (const secret of [server.token, ...Object.values(server.secrets)]) expect(text).not.toContain(secret);
  });

  it("stops protecting the site when its route is deleted", async () => {
    const { server } = await start();
    await deploy(server);
    const management = new Management(server);
    const zoneId = "fedcba9876543210fedcba9876543210";
    const route = (await management.routes(zoneId)).find(({ script }) => script !== undefined);
    await management.call("DELETE", `/zones/${zoneId}/workers/routes/${route?.id ?? ""}`);
    expect(await firstVisit(server)).toBeNull();
  });

  it("has the waiting rooms of every customer of its environments", async () => {
    const other = await stagingWith(
      {
        workerName: "other",
        queueIt: { customerId: "globex" },
        sites: [{ zoneId: "a".repeat(32), hostname: "other.example.org" }],
      },
      "other",
    );
    const { server } = await start({ environments: [await stagingWith(), other] });
    expect(server.localUrl("https://globex.queue-it.net/")).toContain("globex.queue-it.net.localhost");
    expect(server.localUrl("https://acme.queue-it.net/")).toContain("acme.queue-it.net.localhost");
    expect(server.localUrl("https://unknown.queue-it.net/")).toBe("https://unknown.queue-it.net/");
  });

  it("names the option that moves the management API when its port is taken", async () => {
    const { server } = await start();
    const taken = Number(new URL(server.apiUrl).port);
    await expect(start({ apiPort: taken })).rejects.toThrow("--api-port");
  });

  it("refuses environments in several accounts, and says which to name", async () => {
    const elsewhere = await stagingWith({ accountId: "b".repeat(32) }, "elsewhere");
    await expect(start({ environments: [await stagingWith(), elsewhere] })).rejects.toThrow(
      /staging in 0123.*elsewhere in bbbb/,
    );
  });
});

describe("a local Cloudflare with a state", () => {
  it("goes on where it ended, with the same token and secrets", async () => {
    const state = await newFolder();
    const { server: first } = await start({ state });
    await deploy(first);
    const { contents } = first.account;
    await stop(first);

    const { server: second } = await start({ state });
    expect(second.account.contents).toEqual(contents);
    expect(second.token).toBe(first.token);
    expect(second.secrets).toEqual(first.secrets);
    expect(await firstVisit(second)).toContain(second.localUrl("https://acme.queue-it.net/"));
  });

  it("goes on with the configuration that Queue-it published last", async () => {
    const state = await newFolder();
    const { server: first } = await start({ state });
    await deploy(first);
    const queueIt = first.queueIts[0];
    const changed = (queueIt?.getConfiguration() ?? "").replaceAll("demotickets", "anotherroom");
    queueIt?.setConfiguration(changed);
    expect(await queueIt?.publishNow()).toMatchObject({ accepted: true });
    await stop(first);

    const { server: second } = await start({ state });
    expect(await firstVisit(second)).toContain("e=anotherroom");
  });

  it("refuses a state of another account", async () => {
    const state = await newFolder();
    const { server } = await start({ state });
    await stop(server);
    const elsewhere = await stagingWith({ accountId: "b".repeat(32) });
    await expect(start({ environments: [elsewhere], state })).rejects.toThrow("--state another folder");
  });

  it("frees its state when it cannot start", async () => {
    const state = await newFolder();
    const { server } = await start();
    const taken = Number(new URL(server.apiUrl).port);
    await expect(start({ state, apiPort: taken })).rejects.toThrow(`Port ${taken} on 127.0.0.1 is taken`);
    await expect(start({ state })).resolves.toBeDefined();
  });
});
