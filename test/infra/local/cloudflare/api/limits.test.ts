import { beforeEach, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { MemoryKv } from "../../../../../infra/local/cloudflare/account/memory-kv.ts";
import { createManagementApi } from "../../../../../infra/local/cloudflare/api/management-api.ts";
import type { KvStore } from "../../../../../infra/local/cloudflare/account/model.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";
import { ACCOUNT, SCRIPTS, bareApi } from "./bare-api.ts";

const MIB = 1024 * 1024;
const NAMESPACES = `${ACCOUNT}/storage/kv/namespaces`;

/** Every call ends in bounded time and memory; the first of these held the process for minutes. */
describe("a body beyond any use is refused before it costs anything", () => {
  let api: ReturnType<typeof bareApi>;
  let values: string;

  beforeEach(async () => {
    api = bareApi();
    await api.account.putScript(moduleWorker(""));
    values = `${NAMESPACES}/${(await api.account.createNamespace("values")).id}`;
  });

  const send = async (method: string, path: string, body: string, contentType = "application/json") => {
    const response = await api.ask(method, path, body, { "content-type": contentType });
    const { errors } = (await response.json()) as { errors: { code: number; message: string }[] };
    return { status: response.status, code: errors[0]?.code, message: errors[0]?.message ?? "" };
  };
  const form = (names: readonly string[]) =>
    `${names.map((name) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\nx\r\n`).join("")}--b--\r\n`;
  const sendForm = (names: readonly string[]) =>
    send("PATCH", `${SCRIPTS}/shop/settings`, form(names), "multipart/form-data; boundary=b");

  it("JSON of 5 MB where an object is enough", async () => {
    const body = JSON.stringify({ title: "x".repeat(5 * MIB) });
    expect(await send("POST", NAMESPACES, body)).toMatchObject({ status: 413, code: 10027 });
  });

  it.each([
    ["an array of half a million nulls", `[${"null,".repeat(500_000)}null]`],
    ["a hundred thousand brackets", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["a hundred thousand objects in each other", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
  ])("%s", async (_, body) => {
    for (const path of [`${values}/bulk`, `${SCRIPTS}/shop/schedules`, `${SCRIPTS}/shop/routes`]) {
      expect(await send("PUT", path, body), path).toMatchObject({ status: 400, code: 10026 });
    }
  });

  it("metadata of a key that is nested too deep", async () => {
    const metadata = `${"[".repeat(400)}${"]".repeat(400)}`;
    const body = `[{"key":"a","value":"x","metadata":${metadata}}]`;
    expect(await send("PUT", `${values}/bulk`, body)).toMatchObject({ status: 400, code: 10026 });
  });

  it("30 MB of numbers for a bulk write", async () => {
    const body = `[${"1,".repeat(15 * MIB)}1]`;
    expect(await send("PUT", `${values}/bulk`, body)).toMatchObject({ status: 400, code: 10026 });
  });

  it("names no more than a few of a body's problems", async () => {
    const { message } = await send("PUT", `${values}/bulk`, JSON.stringify(Array<number>(5000).fill(1)));
    expect(message).toMatch(/and 4995 more$/);
    expect(message.length).toBeLessThan(1000);
  });

  it.each([
    ["1,000 fields of one object", Array.from({ length: 1000 }, (_, index) => `settings[tags][k${index}]`)],
    ["9,000 elements of a list", Array<string>(9000).fill("settings[tags][]")],
  ])("a form with %s is read", async (_, names) => {
    expect(await sendForm(names)).toMatchObject({ status: 200 });
  });

  it.each([
    ["20,000 elements of a list", Array<string>(20_000).fill("settings[bindings][]")],
    ["9,000 bindings", Array<string>(9000).fill("settings[bindings][][name]")],
    ["a field nested a thousand deep", [`settings${"[a]".repeat(1000)}`]],
    ["a part whose headers have 10 kB", ["x".repeat(10_000)]],
  ])("a form with %s is refused", async (_, names) => {
    expect(await sendForm(names)).toMatchObject({ status: 400, code: 10026 });
  });

  it.each([
    ["without a name", "", 10052],
    ["that no object can have", "__proto__", 10021],
    ["of 256 characters", "x".repeat(256), 10021],
    ["with a line end", "a\nb", 10021],
  ])("a binding %s", async (_, name, code) => {
    const secret = { name, text: "x", type: "secret_text" };
    expect(await send("PUT", `${SCRIPTS}/shop/secrets`, JSON.stringify(secret))).toMatchObject({
      status: 400,
      code,
    });
  });

  it.each([
    ["POST", NAMESPACES, { title: "t".repeat(513) }],
    ["PUT", `${SCRIPTS}/shop/schedules`, Array(251).fill({ cron: "* * * * *" })],
    ["PUT", `${SCRIPTS}/shop/routes`, Array(1001).fill({ pattern: "a.example.com/*" })],
    ["POST", `${ACCOUNT}/secrets_store/stores`, { name: "n".repeat(256) }],
  ])("%s %s with more than Cloudflare takes", async (method, path, body) => {
    expect(await send(method, path, JSON.stringify(body))).toMatchObject({ status: 400, code: 10026 });
  });

  it("a bulk read of more than 25 MiB together", async () => {
    for (const key of ["a", "b"]) {
      await api.ask("PUT", `${values}/values/${key}`, Buffer.alloc(13 * MIB, "x"));
    }
    const read = (keys: readonly string[]) =>
      send("POST", `${values}/bulk/get`, JSON.stringify({ keys: [...keys] }));
    expect(await read(["a", "a"])).toMatchObject({ status: 200 });
    expect(await read(["a", "b"])).toMatchObject({ status: 413, code: 10027 });
  });

  it("a bulk read as JSON of a value that nobody could write again", async () => {
    await api.ask("PUT", `${values}/values/deep`, `${"[".repeat(MIB)}${"]".repeat(MIB)}`);
    const body = JSON.stringify({ keys: ["deep"], type: "json" });
    expect(await send("POST", `${values}/bulk/get`, body)).toMatchObject({ status: 400, code: 10033 });
  });

  it("a cursor that no listing gave", async () => {
    const listed = await api.call("GET", `${values}/keys?cursor=${"a".repeat(100_000)}`);
    expect(listed).toMatchObject({ status: 400, code: 10026 });
  });

  it("repeats no more than a part of what was sent", async () => {
    const binding = { type: "x".repeat(MIB), name: "b", text: "" };
    const settings = JSON.stringify({ bindings: [binding] });
    const { code, message } = await send("PATCH", `${SCRIPTS}/shop/settings`, settings);
    expect(code).toBe(10021);
    expect(message.length).toBeLessThan(50_000);
  });
});

/** Two calls of the same size in one run: one that is meant to be slow costs about what an honest one does. */
describe("the work for a body grows with its size alone", () => {
  const PARTS = 40;
  const LONG = 7800;
  const form = (head: string) => `${`--b\r\n${head}\r\n\r\nx\r\n`.repeat(PARTS)}--b--\r\n`;
  const named = (name: string) => `Content-Disposition: form-data; name="${name}"`;
  const honest = form(named(`settings[${"k".repeat(LONG)}]`));

  async function workOf(body: string): Promise<number> {
    const api = bareApi();
    await api.account.putScript(moduleWorker(""));
    const send = () =>
      api.ask("PATCH", `${SCRIPTS}/shop/settings`, body, {
        "content-type": "multipart/form-data; boundary=b",
      });
    await send();
    const before = process.cpuUsage();
    for (let times = 0; times < 5; times++) await (await send()).text();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  }

  it.each([
    ["brackets that do not end", form(named(`settings${"[".repeat(LONG)}`))],
    ["brackets that do not begin", form(named(`settings[${"]".repeat(LONG)}`))],
    ["spaces within a type", form(`${named("settings[a]")}\r\nContent-Type: a${" ".repeat(LONG)}b`)],
    [
      "spaces within a disposition",
      form(`Content-Disposition: form-data;${" ".repeat(LONG)}; name="settings[a]"`),
    ],
    ["semicolons", form(`Content-Disposition: form-data${"; ".repeat(LONG / 2)}name="settings[a]"`)],
    ["line ends", form(`${named("settings[a]")}${"\r\nX:".repeat(LONG / 4)}`)],
  ])("%s", async (_, hostile) => {
    // It took several hundred times as much.
    expect(await workOf(hostile)).toBeLessThan(30 * (await workOf(honest)));
  });

  it("keeps no chunk of a body, since those of one byte take a hundred times the memory of what they hold", async () => {
    const { account } = bareApi();
    const api = createManagementApi({ account, token: "t", log: () => undefined });
    const values = `${NAMESPACES}/${(await account.createNamespace("values")).id}/values/k`;
    // Whoever keeps it sees the last byte everywhere.
    const chunk = new Uint8Array(1);
    const bytes = Buffer.from("kept as it came");
    let next = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          if (next === bytes.length) {
            controller.close();
            return;
          }
          chunk[0] = bytes[next++] ?? 0;
          controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
    const headers = { authorization: "Bearer t" };
    const url = `http://127.0.0.1:8787/client/v4${values}`;
    await api.fetch(new Request(url, { method: "PUT", headers, body, duplex: "half" }));
    expect(await (await api.fetch(new Request(url, { headers }))).text()).toBe("kept as it came");
  });

  it("holds no more than two large bodies, however many come at once", async () => {
    const { account } = bareApi();
    const api = createManagementApi({ account, token: "t", log: () => undefined });
    const namespace = `${NAMESPACES}/${(await account.createNamespace("values")).id}`;
    const chunk = Buffer.alloc(MIB, " ");
    let goOn: () => void = () => undefined;
    const mayEnd = new Promise<void>((resolve) => (goOn = resolve));
    const taken = Array<number>(6).fill(0);
    const send = async (index: number) => {
      const body = new ReadableStream<Uint8Array>(
        {
          pull: async (controller) => {
            if (taken[index] === 8) {
              await mayEnd;
              controller.enqueue(Buffer.from("[]"));
              controller.close();
              return;
            }
            taken[index] = (taken[index] ?? 0) + 1;
            controller.enqueue(chunk);
          },
        },
        { highWaterMark: 0 },
      );
      const url = `http://127.0.0.1:8787/client/v4${namespace}/bulk`;
      const headers = { authorization: "Bearer t" };
      return (await api.fetch(new Request(url, { method: "PUT", headers, body, duplex: "half" }))).status;
    };
    const answers = Promise.all(taken.map((_, index) => send(index)));
    await expect.poll(() => taken.filter((chunks) => chunks === 8)).toHaveLength(2);
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    expect([...taken].sort()).toEqual([5, 5, 5, 5, 8, 8]);
    goOn();
    expect(await answers).toEqual(Array(6).fill(200));
  });

  it("changes thousands of secrets in one walk through them", async () => {
    const api = bareApi();
    await api.account.putScript(moduleWorker(""));
    const bulk = (count: number) =>
      api.call("PATCH", `${SCRIPTS}/shop/secrets-bulk`, {
        secrets: Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`s${index}`, { text: "x", type: "secret_text" }]),
        ),
      });
    const cpuOf = async (count: number) => {
      await bulk(count);
      const before = process.cpuUsage();
      expect(await bulk(count)).toMatchObject({ status: 400, code: 10055 });
      return process.cpuUsage(before).user;
    };
    const few = await cpuOf(500);
    // Sixteen times as many; one after the other through all of them, it took 256 times as much.
    expect(await cpuOf(8000)).toBeLessThan(100 * few);
  });
});

describe("an account holds as much as Cloudflare's does", () => {
  const manyOf = <Item>(count: number, make: (index: number) => Item) =>
    Array.from({ length: count }, (_, index) => make(index));
  const emptied = () => bareApi().account.contents;

  it("500 Workers", async () => {
    const { account } = bareApi();
    const script = await account.putScript(moduleWorker(""));
    const scripts = manyOf(500, (index) => ({ ...script, name: `w${index}` }));
    const full = bareApi(new LocalAccount(account.id, { ...account.contents, scripts }));
    await full.account.putScript({ ...script, name: "w1" });
    await expect(full.account.putScript({ ...script, name: "another" })).rejects.toMatchObject({
      code: 10037,
    });
  });

  it("1,000 namespaces", async () => {
    const namespaces = manyOf(1000, (index) => ({ id: `${index}`, title: `t${index}` }));
    const { account } = bareApi(new LocalAccount(ACCOUNT_ID, { ...emptied(), namespaces }));
    await expect(account.createNamespace("another")).rejects.toMatchObject({ code: 10037 });
  });

  it("1,000 routes in a zone, one at a time and all at once", async () => {
    const { account } = bareApi();
    const { name } = await account.putScript(moduleWorker(""));
    const zoneId = account.zones[0]?.id ?? "";
    const wanted = manyOf(1000, (index) => ({ zoneId, pattern: `example.com/${index}` }));
    await account.setRoutesOf(name, wanted);
    await expect(account.createRoute(zoneId, "example.com/x", name)).rejects.toMatchObject({ code: 10037 });
    await account.deleteRoute(account.routes[0]?.id ?? "");
    await account.createRoute(zoneId, "example.com/other", undefined);
    await expect(account.setRoutesOf(name, wanted)).rejects.toMatchObject({ code: 10037 });
    expect(account.routes).toHaveLength(1000);
  });

  it("1,000 secrets", async () => {
    const { account } = bareApi();
    const secret = { value: "v", comment: "", scopes: [] };
    const { id } = await account.changeSecrets((all) => all.createStore("s"));
    await account.changeSecrets((all) =>
      manyOf(1000, (index) => all.createSecret(id, { ...secret, name: `n${index}` })),
    );
    await expect(
      account.changeSecrets((all) => all.createSecret(id, { ...secret, name: "another" })),
    ).rejects.toMatchObject({ code: 10037 });
  });

  it("512 MiB of code in all versions together", async () => {
    const { account } = bareApi();
    const script = moduleWorker("");
    // Each of them compresses well, and so is within Cloudflare's limit for one.
    const versionOf = (index: number) => ({ ...script, content: `${index}${"x".repeat(60 * MIB)}` });
    for (let index = 0; index < 8; index++) await account.putScript(versionOf(index));
    await expect(account.putScript(versionOf(8))).rejects.toMatchObject({ code: 10037 });
  });
});

describe("a listing of keys", () => {
  it("reads no more of a namespace than the page that it shows", async () => {
    const { account, ask } = bareApi();
    const { id } = await account.createNamespace("values");
    const kept = new MemoryKv();
    const shown: number[] = [];
    const values: KvStore = {
      get: (namespace, key) => kept.get(namespace, key),
      put: (namespace, key, value) => kept.put(namespace, key, value),
      delete: (namespace, key) => kept.delete(namespace, key),
      list: async (namespace, page) => {
        const listed = await kept.list(namespace, page);
        shown.push(listed.keys.length);
        return listed;
      },
    };
    await account.attach({ run: () => Promise.resolve(), values });
    for (let index = 0; index < 100; index++) {
      await account.putValue(id, `k${index}`, { bytes: new Uint8Array() });
    }
    shown.length = 0;
    await ask("GET", `${NAMESPACES}/${id}/keys?limit=10`);
    expect(shown).toEqual([10]);
  });
});
