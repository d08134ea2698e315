import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CloudflareAccess } from "../../../../infra/account/read-api.ts";
import type { FoundConnector } from "../../../../infra/adopt/adoption.ts";
import { findConnector } from "../../../../infra/commands/run/adopt-connector.ts";
import type { Console } from "../../../../infra/console/console.ts";
import { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import {
  type RunningManagementApi,
  startManagementApi,
} from "../../../../infra/local/cloudflare/api/server.ts";
import { otherWorker, PUBLISHED, setUp, TYPED } from "../../adopt/hand-made.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";

let account: LocalAccount;
let api: RunningManagementApi;
beforeEach(async () => {
  account = new LocalAccount(ACCOUNT_ID);
  api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
});
afterEach(() => api.close());

/** Somebody at a terminal, or nobody, with these answers. */
function talk(...answers: readonly string[]): Console & { readonly said: string[] } {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  const left = [...answers];
  return {
    said,
    print: say,
    say,
    progress: say,
    canAsk: () => answers.length > 0,
    confirm: () => Promise.resolve(false),
    ask: () => Promise.resolve(left.shift() ?? ""),
  };
}

interface Finding {
  readonly access?: CloudflareAccess;
  readonly console?: Console;
  readonly account?: string;
  readonly name?: string;
  readonly taken?: readonly string[];
}

function find(finding: Finding = {}): Promise<FoundConnector> {
  const { access = { baseUrl: api.baseUrl, token: TOKEN }, console = talk(), name, taken = [] } = finding;
  const owner = (_id: string, worker: string) => (taken.includes(worker) ? "staging" : undefined);
  return findConnector({ account: finding.account, name, taken: owner }, access, console);
}

/** The account's API, which refuses some paths as Cloudflare does for a token that may not read them. */
async function refusing(path: RegExp, use: (access: CloudflareAccess) => Promise<void>): Promise<void> {
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", api.baseUrl);
    if (path.test(pathname)) {
      response.writeHead(403, { "content-type": "application/json" });
      response.end('{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}');
      return;
    }
    const headers = { authorization: request.headers.authorization ?? "" };
    const pass = async () => {
      const answer = await fetch(new URL(request.url ?? "", api.baseUrl), { headers });
      const body = Buffer.from(await answer.arrayBuffer());
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
      response.end(body);
    };
    // Who asked may have gone, once one of its other questions was refused.
    pass().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await use({ baseUrl: `http://127.0.0.1:${port}${new URL(api.baseUrl).pathname}`, token: TOKEN });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("a token that may not read", () => {
  it.each([
    ["zones", /\/zones$/, "Zone · Zone · Read"],
    ["routes", /\/workers\/routes$/, "Zone · Workers Routes · Read"],
    ["KV namespaces", /\/namespaces$/, "Account · Workers KV Storage · Read"],
    ["KV values", /\/values\//, "Account · Workers KV Storage · Read"],
    ["the list of Workers", /\/scripts$/, "Account · Workers Scripts · Read"],
    ["custom domains", /\/domains$/, "Account · Workers Scripts · Read"],
    ["a Worker's source", /\/content\/v2$/, "Account · Workers Scripts · Read"],
    ["a Worker's settings", /\/settings$/, "Account · Workers Scripts · Read"],
    ["a Worker's schedules", /\/schedules$/, "Account · Workers Scripts · Read"],
    ["a Worker's deployments", /\/deployments$/, "Account · Workers Scripts · Read"],
    ["a Worker's address", /\/subdomain$/, "Account · Workers Scripts · Read"],
    ["accounts", /\/accounts$/, "any permission on the account"],
  ])("%s is told which permission is missing", async (_what, path, permission) => {
    await setUp(account);
    await refusing(path, async (access) => {
      await expect(find({ access })).rejects.toThrow(permission);
    });
  });
});

describe("an account with several connectors", () => {
  const second = async () => {
    await account.putScript({ ...account.script("queueit"), name: "queueit-staging", bindings: [...TYPED] });
  };

  it("lists them, one a line, and takes the one that is chosen", async () => {
    await setUp(account, { protect: [], bypass: [] });
    await second();
    await expect(find()).rejects.toThrow(/name one with --name:\n- queueit: .*\n- queueit-staging: /);
    const console = talk("queueit-staging");
    expect((await find({ console })).worker.name).toBe("queueit-staging");
    expect(console.said.join("\n")).toContain("\n- queueit-staging: no route");
  });

  it("asks for none that an environment has already", async () => {
    await setUp(account, { protect: [], bypass: [] });
    await second();
    expect((await find({ taken: ["queueit"] })).worker.name).toBe("queueit-staging");
    await expect(find({ taken: ["queueit", "queueit-staging"] })).rejects.toThrow(
      "environments of this project deploy already: queueit (staging), queueit-staging (staging).",
    );
  });

  it("does not give the Worker of an environment to another one", async () => {
    await setUp(account);
    await expect(find({ name: "queueit", taken: ["queueit"] })).rejects.toThrow(
      "is the one of the environment staging already (infra/environments/staging.ts)",
    );
  });
});

describe("an account that is large", () => {
  it("is not read for ever", async () => {
    await setUp(account, { protect: [], bypass: [] });
    const script = { ...account.script("queueit"), bindings: [] };
    for (let index = 0; index < 160; index++) await account.putScript({ ...script, name: `w-${index}` });
    await expect(find()).rejects.toThrow(
      /161 Workers .* too many .* --name WORKER\. There are .* and 141 more\./,
    );
    expect((await find({ name: "queueit" })).configuration).toBe(PUBLISHED);
  });
});

describe("what is named", () => {
  it("is an account id, before anybody is asked", async () => {
    await expect(find({ account: "../../user" })).rejects.toThrow("is not an account id");
  });

  it("is a Worker of the account", async () => {
    await setUp(account);
    await expect(find({ name: "../kv" })).rejects.toThrow(
      'The account has no Worker "../kv". It has queueit.',
    );
  });
});

describe("the namespace of the configuration", () => {
  it("is the one that holds a configuration, where none is bound by the manual's name", async () => {
    await setUp(account, { title: "Queue-it" });
    const { id: cache } = await account.createNamespace("cache");
    await account.putValue(cache, "info", { bytes: Buffer.from("something else") });
    const bound = account.namespaces.find(({ title }) => title === "Queue-it");
    await account.putScript({
      ...account.script("queueit"),
      bindings: [
        { type: "kv_namespace", name: "CACHE", namespaceId: cache },
        { type: "kv_namespace", name: "QUEUE_CONFIG", namespaceId: bound?.id ?? "" },
        ...TYPED,
      ],
    });
    expect(await find()).toMatchObject({ namespace: { title: "Queue-it" }, configuration: PUBLISHED });
  });
});

describe("a Worker of somebody else", () => {
  it("is not a candidate", async () => {
    await setUp(account);
    await otherWorker(account, "blog", "shop.tickets-and-more.dk/blog*");
    expect((await find()).worker.name).toBe("queueit");
  });
});
