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
import { moduleWorker } from "../cloudflare/worker-sources.ts";
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

describe("a local Cloudflare without environments", () => {
  const zones = [{ name: "shop.example", id: undefined }];

  it("has an account with the zones that are wanted, and nothing else", async () => {
    const { server } = await start({ environments: [], zones });
    const { account, variables } = server;
    expect(await new Management(server).call("GET", "/zones")).toMatchObject([{ name: "shop.example" }]);
    expect(account.contents).toMatchObject({ scripts: [], namespaces: [], routes: [], secrets: [] });
    expect(variables["CLOUDFLARE_ZONE_ID"]).toBe(account.zones[0]?.id);
    expect(Object.keys(variables).filter((name) => name.startsWith("TF_VAR"))).toEqual([]);
  });

  it("shows a page that says what is there, and behind its sites what arrived", async () => {
    const { server } = await start({ environments: [], zones });
    const visitor = new Visitor();
    try {
      const page = await visitor.get(server.dashboardUrl);
      expect(page.headers.get("content-type")).toBe("text/plain; charset=utf-8");
      expect(page.body).toContain(`shop.example  ${server.account.zones[0]?.id ?? ""}`);
      const arrived = await visitor.get(server.localUrl("https://shop.example/a?b"));
      expect(JSON.parse(arrived.body)).toMatchObject({ method: "GET", url: "https://shop.example/a?b" });
    } finally {
      await visitor.close();
    }
  });

  it("remembers its zones and its account with its state", async () => {
    const state = await newFolder();
    const accountId = "a".repeat(32);
    const { server: first } = await start({ environments: [], zones, accountId, state });
    const [zone] = first.account.zones;
    await first.account.putScript(moduleWorker("return new Response('still there')"));
    await first.account.createRoute(zone?.id ?? "", "shop.example/*", "shop");
    await stop(first);
    const { server: second } = await start({ environments: [], state });
    expect([second.account.id, second.account.zones]).toEqual([accountId, [zone]]);
    const visitor = new Visitor();
    const answer = await visitor.get(second.localUrl("https://shop.example/")).finally(() => visitor.close());
    expect(answer.body).toBe("still there");
    await stop(second);
    const other = { environments: [], state, zones: [{ name: "shop.example", id: "b".repeat(32) }] };
    await expect(start(other)).rejects.toThrow("Let both say the same");
    await expect(start({ environments: [], state, accountId: "c".repeat(32) })).rejects.toThrow(
      "holds the account aaaa",
    );
  });
});

describe("a local Cloudflare with zones beside its environments'", () => {
  it("has both, and the demo shop behind the environments' alone", async () => {
    const { server } = await start({ zones: [{ name: "blog.example", id: undefined }] });
    expect(server.account.zones.map(({ name }) => name)).toEqual([
      "shop.staging.example.com",
      "blog.example",
    ]);
    const visitor = new Visitor();
    try {
      expect((await visitor.get(server.localUrl(TICKETS))).body).toContain("<!doctype html>");
      expect(JSON.parse((await visitor.get(server.localUrl("https://blog.example/"))).body)).toMatchObject({
        url: "https://blog.example/",
      });
    } finally {
      await visitor.close();
    }
  });
});

describe("reset and snapshots by call", () => {
  const call = async ({ controlUrl, token }: LocalServer, method: string, path: string) => {
    const headers = { authorization: `Bearer ${token}` };
    return (await fetch(`${controlUrl}/${path}`, { method, headers })).status;
  };

  it("leave the tokens that were made at the start, and the stores of the environments", async () => {
    const secretsStore = { strategy: "secrets-store", storeId: "0".repeat(32) } as const;
    const { server } = await start({
      environments: [await stagingWith({ secrets: secretsStore })],
      tokens: [{ name: "ci", permissions: ["Workers Scripts Read"] }],
    });
    const before = server.account.contents;
    await server.account.changeTokens((tokens) => {
      for (const { owner, id } of tokens.all) tokens.delete(owner, id);
    });
    await server.account.changeSecrets((stores) => stores.deleteStore("0".repeat(32)));
    await server.account.createNamespace("made since");
    expect(await call(server, "POST", "reset")).toBe(200);
    const { tokens, secrets, namespaces } = server.account.contents;
    expect(tokens).toEqual(before.tokens);
    expect(secrets.map(({ name, value }) => [name, value])).toEqual(
      before.secrets.map(({ name, value }) => [name, value]),
    );
    expect(namespaces).toEqual([]);
  });

  it("put an environment back with the configuration that it had, and nobody publishes another", async () => {
    const { server, log } = await start();
    await deploy(server);
    const held = async () => {
      const [namespace] = server.account.namespaces;
      return server.account.getValue(namespace?.id ?? "", "info");
    };
    const before = await held();
    expect(await call(server, "PUT", "snapshots/deployed")).toBe(200);
    const published = log.filter((line) => line.includes("published")).length;
    expect(await call(server, "POST", "reset")).toBe(200);
    expect(await firstVisit(server)).toBeNull();
    expect(await call(server, "POST", "snapshots/deployed/restore")).toBe(200);
    expect(await firstVisit(server)).toContain(server.localUrl("https://acme.queue-it.net/"));
    expect(await held()).toEqual(before);
    expect(log.filter((line) => line.includes("published"))).toHaveLength(published);
  });

  it("are kept with the state, as every other change", async () => {
    const state = await newFolder();
    const { server: first } = await start({ environments: [], state });
    const { id } = await first.account.createNamespace("counts");
    await first.account.putValue(id, "n", { bytes: new Uint8Array([1]) });
    expect(await call(first, "PUT", "snapshots/one")).toBe(200);
    await first.account.putValue(id, "n", { bytes: new Uint8Array([2]) });
    expect(await call(first, "POST", "snapshots/one/restore")).toBe(200);
    await stop(first);
    const { server: second } = await start({ environments: [], state });
    expect((await second.account.getValue(id, "n")).bytes).toEqual(new Uint8Array([1]));
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
