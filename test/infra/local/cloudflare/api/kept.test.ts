import { describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import type { AccountContents } from "../../../../../infra/local/cloudflare/account/model.ts";
import { contentsSchema } from "../../../../../infra/local/state/contents-schema.ts";
import { MemoryKv } from "../../../../../infra/local/cloudflare/account/memory-kv.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";
import { ACCOUNT, SCRIPTS, bareApi, moduleFile } from "./bare-api.ts";

const version = { metadata: JSON.stringify({ main_module: "a.js" }), "a.js": moduleFile("a.js", "// newer") };

async function withWaitingVersion() {
  const api = bareApi();
  await api.account.putScript(moduleWorker(""));
  const { result } = await api.form("POST", `${SCRIPTS}/shop/versions`, version);
  return { contents: api.account.contents, id: (result as { id: string }).id };
}

/** The account after a restart: of what was written down. */
function restarted(contents: AccountContents) {
  const written = JSON.parse(JSON.stringify(contents)) as AccountContents;
  return bareApi(new LocalAccount(ACCOUNT_ID, written));
}

describe("a version that was uploaded and not deployed", () => {
  it("can be deployed after a restart", async () => {
    const { contents, id } = await withWaitingVersion();
    const api = restarted(contents);
    const versions = [{ version_id: id, percentage: 100 }];
    const path = `${SCRIPTS}/shop/deployments`;
    expect((await api.call("POST", path, { strategy: "percentage", versions })).status).toBe(200);
    expect(api.account.script("shop").content).toBe("// newer");
  });

  it("does not stand in the way of a secret when its content is lost", async () => {
    const { contents } = await withWaitingVersion();
    const api = restarted({ ...contents, uploads: [] });
    const secret = { name: "A", text: "a", type: "secret_text" };
    expect((await api.call("PUT", `${SCRIPTS}/shop/secrets`, secret)).status).toBe(200);
  });
});

describe("a variable of JSON", () => {
  it("is given back as it came, also after a restart", async () => {
    const binding = { type: "json", name: "LIMITS", json: { most: [1, null, "ü"] } };
    const metadata = JSON.stringify({ main_module: "a.js", bindings: [binding] });
    const api = bareApi();
    await api.form("PUT", `${SCRIPTS}/shop`, { metadata, "a.js": moduleFile("a.js", "// code") });
    const written = contentsSchema.parse(JSON.parse(JSON.stringify(api.account.contents)));
    const { result } = await restarted(written as AccountContents).call("GET", `${SCRIPTS}/shop/settings`);
    expect(result).toMatchObject({ bindings: [binding] });
  });

  it("has Cloudflare's limit for one variable", async () => {
    const binding = { type: "json", name: "LONG", json: ["x".repeat(5200)] };
    const metadata = JSON.stringify({ main_module: "a.js", bindings: [binding] });
    const upload = { metadata, "a.js": moduleFile("a.js", "// code") };
    expect(await bareApi().form("PUT", `${SCRIPTS}/shop`, upload)).toMatchObject({ status: 400 });
  });
});

describe("a bulk write", () => {
  it("leaves the last value of a key that it names twice", async () => {
    const api = bareApi();
    const { id } = await api.account.createNamespace("a");
    // The store takes longer for the second of two.
    const values = new MemoryKv();
    const put = values.put.bind(values);
    values.put = async (namespace, key, value) => {
      if (Buffer.from(value.bytes).toString() === "first") await new Promise((done) => setImmediate(done));
      await put(namespace, key, value);
    };
    await api.account.attach({ run: () => Promise.resolve(), values });
    await api.call("PUT", `${ACCOUNT}/storage/kv/namespaces/${id}/bulk`, [
      { key: "k", value: "first" },
      { key: "k", value: "last" },
    ]);
    expect(Buffer.from((await api.account.getValue(id, "k")).bytes).toString()).toBe("last");
  });
});

describe("a namespace that cannot be saved away", () => {
  it("keeps its values", async () => {
    const { account } = bareApi();
    const { id } = await account.createNamespace("a");
    await account.putValue(id, "k", { bytes: new Uint8Array([1]) });
    let isFull = false;
    await account.saveWith(() => (isFull ? Promise.reject(new RangeError("too long")) : Promise.resolve()));
    isFull = true;
    await expect(account.deleteNamespace(id)).rejects.toThrow("too long");
    expect((await account.getValue(id, "k")).bytes).toEqual(new Uint8Array([1]));
  });

  it("lets others change the account while its values go, several at a time", async () => {
    const { account } = bareApi();
    const { id } = await account.createNamespace("a");
    const values = new MemoryKv();
    for (let index = 0; index < 100; index++)
      await values.put(id, String(index), { bytes: new Uint8Array() });
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    let underWay = 0;
    values.delete = async () => {
      underWay++;
      await gate;
    };
    await account.attach({ run: () => Promise.resolve(), values });
    const deleted = account.deleteNamespace(id);
    await account.createNamespace("b");
    expect(account.namespaces.map(({ title }) => title)).toEqual(["b"]);
    expect(underWay).toBeGreaterThan(1);
    go();
    await deleted;
    expect(account.contents.leaving).toEqual([]);
  });

  it("is emptied at the next start when it was cut off", async () => {
    const { contents } = bareApi().account;
    const account = new LocalAccount(ACCOUNT_ID, { ...contents, leaving: ["gone"] });
    const values = new MemoryKv();
    await values.put("gone", "k", { bytes: new Uint8Array() });
    await account.attach({ run: () => Promise.resolve(), values });
    expect(await values.list("gone", { prefix: "", cursor: "", limit: 10 })).toEqual({
      keys: [],
      cursor: "",
    });
  });
});
