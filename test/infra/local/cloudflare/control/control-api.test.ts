import { describe, expect, it } from "vitest";
import { CONTROL_CALLS } from "../../../../../infra/local/cloudflare/control/calls.ts";
import type { Readiness } from "../../../../../infra/local/cloudflare/control/control-api.ts";
import { refusals } from "../../../../../infra/local/cloudflare/account/refusals.ts";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";
import { bareControl } from "./control.ts";

/** Every call but the health, with something in the place of its parameters. */
const GUARDED = CONTROL_CALLS.filter(({ path }) => path !== "/health").map(
  ({ method, path }) => [method, path.replace(":name", "before")] as const,
);

describe("/health", () => {
  it.each([
    ["starting", 503],
    ["ready", 200],
    ["ending", 503],
  ] as const)("says that it is %s by status %i, to anybody, with its version", async (readiness, status) => {
    const { ask } = bareControl({ readiness: () => readiness });
    const answer = await ask("GET", "/health", { headers: { authorization: "" } });
    expect(answer?.status).toBe(status);
    expect(answer?.headers.get("cache-control")).toBe("no-store");
    expect(await answer?.json()).toEqual({ status: readiness, version: "1.2.3" });
  });

  it("says nothing else to a HEAD, and takes no other method", async () => {
    const { ask, call } = bareControl();
    expect((await ask("HEAD", "/health"))?.status).toBe(200);
    expect(await call("POST", "/health")).toMatchObject({ status: 405 });
  });
});

describe("a call beside Cloudflare's own API", () => {
  it.each(GUARDED)("is refused without the token: %s %s", async (method, path) => {
    const { account, call } = bareControl();
    await account.createNamespace("kept");
    expect((await call(method, path, { headers: { authorization: "Bearer another" } })).status).toBe(403);
    expect((await call(method, path, { headers: { authorization: "" } })).status).toBe(400);
    expect(account.namespaces).toHaveLength(1);
  });

  it.each(GUARDED)("is refused to a token with permissions of its own: %s %s", async (method, path) => {
    const { account, call } = bareControl();
    const { value } = await account.changeTokens((tokens) =>
      tokens.create("user", { name: "ci", policies: [] }),
    );
    const { status, message } = await call(method, path, { headers: { authorization: `Bearer ${value}` } });
    expect(status).toBe(403);
    expect(message).toContain("CLOUDFLARE_API_TOKEN");
    expect(message).not.toContain(value);
  });

  it.each([...GUARDED, ["GET", "/health"] as const])(
    "is refused to a page in a browser, wherever it is from: %s %s",
    async (method, path) => {
      const { call } = bareControl();
      for (const headers of [
        { origin: "https://evil.example" },
        { origin: "http://127.0.0.1:8788" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
      ] as Record<string, string>[])
        expect(await call(method, path, { headers }), JSON.stringify(headers)).toMatchObject({ status: 403 });
    },
  );

  it.each([...GUARDED, ["GET", "/health"] as const])(
    "is refused under a name that leads here from elsewhere: %s %s",
    async (method, path) => {
      const { call } = bareControl();
      for (const host of [
        "evil.example",
        "evil.example:8788",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
      ])
        expect(await call(method, path, { headers: { host } }), host).toMatchObject({ status: 421 });
    },
  );

  it("is Cloudflare's own API to answer where its path is another", () => {
    const { ask } = bareControl();
    for (const path of ["/client/v4/user", "/", "/healthy", "/__localhost", "/x/__local/reset"])
      expect(ask("GET", path), path).toBeUndefined();
  });

  it.each(["starting", "ending"] satisfies Readiness[])(
    "waits for readiness, as Cloudflare's own does: it is %s",
    async (readiness) => {
      const { call } = bareControl({ readiness: () => readiness });
      for (const path of ["/__local/snapshots", "/client/v4/user"])
        expect(await call("GET", path)).toMatchObject({
          status: 503,
          message: expect.stringContaining("/health") as string,
        });
    },
  );

  it.each(CONTROL_CALLS.map(({ method, path }) => [method, path] as const))(
    "is there, as the list says: %s %s",
    async (method, path) => {
      const { ask, call } = bareControl();
      if (path.includes(":name") && method !== "PUT") await call("PUT", "/__local/snapshots/before");
      expect((await ask(method, path.replace(":name", "before")))?.status).toBe(200);
    },
  );

  it.each([
    ["GET", "/__local/nothing", 404],
    ["GET", "/__local/", 404],
    ["PUT", "/__local/snapshots/", 404],
    ["GET", "/__local/reset", 405],
    ["POST", "/__local/snapshots", 405],
    ["GET", "/__local/snapshots/before", 405],
    ["POST", "/__local/snapshots/before/restore/again", 404],
  ] as const)("says which there are where there is none: %s %s", async (method, path, status) => {
    const { call } = bareControl();
    expect(await call(method, path)).toMatchObject({
      status,
      message: expect.stringContaining("GET /__local lists") as string,
    });
  });

  it.each([
    ["OPTIONS", "/health", "GET, HEAD"],
    ["PUT", "/__local/reset", "POST"],
    ["HEAD", "/__local/snapshots/before", "PUT, DELETE"],
  ] as const)("says in a header which methods an address takes: %s %s", async (method, path, methods) => {
    const answer = await bareControl().ask(method, path);
    expect(answer?.status).toBe(405);
    expect(answer?.headers.get("allow")).toBe(methods);
  });

  it.each([
    ["", 200],
    ["{}", 200],
    [" {}\n", 200],
    ['{"keep":true}', 400],
    ["null", 400],
    ["x".repeat(1025), 413],
    ["x".repeat(200_000), 413],
  ])("takes no body: %j", async (body, status) => {
    const { call } = bareControl();
    const { message, ...answer } = await call("POST", "/__local/reset", { body });
    expect(answer.status).toBe(status);
    if (status !== 200) expect(message).toContain("Send it without");
  });
});

describe("a snapshot", () => {
  it.each([
    "../x",
    "../../reset",
    "%2e%2e%2fx",
    "-a",
    "_a",
    ".hidden",
    "a b",
    "a/b",
    "ü",
    "x".repeat(65),
    "%00",
    "a%0Ab",
    "%zz",
  ])("cannot be named %j", async (name) => {
    const { call } = bareControl();
    const path = `/__local/snapshots/${name.includes("%") ? name : encodeURIComponent(name)}`;
    for (const [method, rest] of [
      ["PUT", ""],
      ["DELETE", ""],
      ["POST", "/restore"],
    ] as const)
      expect((await call(method, `${path}${rest}`)).status).toBe(400);
    expect((await call("GET", "/__local/snapshots")).result).toEqual([]);
  });

  it.each(["a", "before", "2026-11-26", "case.1_b", "X".repeat(64), "constructor", "toString"])(
    "can be named %s",
    async (name) => {
      const { call } = bareControl();
      expect((await call("POST", `/__local/snapshots/${name}/restore`)).status).toBe(404);
      expect((await call("PUT", `/__local/snapshots/${name}`)).status).toBe(200);
      expect((await call("POST", `/__local/snapshots/${name}/restore`)).status).toBe(200);
      expect((await call("DELETE", `/__local/snapshots/${name}`)).status).toBe(200);
      expect((await call("DELETE", `/__local/snapshots/${name}`)).status).toBe(404);
    },
  );

  it("that is not there is named, with those that are", async () => {
    const { call } = bareControl();
    expect((await call("POST", "/__local/snapshots/befor/restore")).message).toContain("Save one first");
    await call("PUT", "/__local/snapshots/before");
    expect(await call("POST", "/__local/snapshots/befor/restore")).toMatchObject({
      status: 404,
      message: "There is no snapshot befor. There is: before.",
    });
  });

  it("is told by its counts, and never by what is in it", async () => {
    const { account, call } = bareControl();
    const { id } = await account.createNamespace("counts");
    await account.putValue(id, "n", { bytes: new TextEncoder().encode("a value that is secret") });
    await account.putScript(
      moduleWorker("", [{ type: "secret_text", name: "KEY", text: "not-a-real-secret" }]),
    );
    await account.createRoute(ZONE.id, "shop.example.com/*", "shop");
    const saved = await call("PUT", "/__local/snapshots/before");
    expect(saved.result).toMatchObject({ name: "before", workers: 1, routes: 1, namespaces: 1, keys: 1 });
    const listed = await call("GET", "/__local/snapshots");
    expect(listed.result).toEqual([saved.result]);
    expect(JSON.stringify(listed)).not.toMatch(/secret/);
  });

  it("takes the place of an earlier one of its name", async () => {
    const { account, call } = bareControl();
    await call("PUT", "/__local/snapshots/before");
    await account.createNamespace("a");
    await call("PUT", "/__local/snapshots/before");
    await call("POST", "/__local/reset");
    await call("POST", "/__local/snapshots/before/restore");
    expect(account.namespaces.map(({ title }) => title)).toEqual(["a"]);
    expect((await call("GET", "/__local/snapshots")).result).toHaveLength(1);
  });

  it("is refused beyond fifty, and one of them can still be saved again", async () => {
    const { call } = bareControl();
    for (let index = 0; index < 50; index += 1) await call("PUT", `/__local/snapshots/s${index}`);
    expect(await call("PUT", "/__local/snapshots/one-more")).toMatchObject({ status: 409 });
    expect((await call("PUT", "/__local/snapshots/s7")).status).toBe(200);
  });

  it("is refused where the values of all of them would have more than 256 MiB, and those before stay", async () => {
    const { account, call } = bareControl();
    const { id } = await account.createNamespace("large");
    const bytes = new Uint8Array(25 * 1024 * 1024);
    for (let index = 0; index < 6; index += 1) await account.putValue(id, String(index), { bytes });
    expect((await call("PUT", "/__local/snapshots/first")).status).toBe(200);
    const refused = await call("PUT", "/__local/snapshots/second");
    expect(refused).toMatchObject({ status: 413, message: expect.stringContaining("256 MiB") as string });
    expect((await call("GET", "/__local/snapshots")).result).toMatchObject([{ name: "first", keys: 6 }]);
  });

  it("is saved and put back whole, however many ask at once", async () => {
    const { account, call } = bareControl();
    const { id } = await account.createNamespace("counts");
    await account.putValue(id, "n", { bytes: new Uint8Array([1]) });
    await call("PUT", "/__local/snapshots/before");
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        index % 3 === 0
          ? call("POST", "/__local/reset")
          : index % 3 === 1
            ? call("PUT", `/__local/snapshots/s${index}`)
            : call("POST", "/__local/snapshots/before/restore"),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // Each is either of the two accounts that there were.
    const listed = (await call("GET", "/__local/snapshots")).result as readonly {
      namespaces: number;
      keys: number;
    }[];
    for (const { namespaces, keys } of listed) expect(keys).toBe(namespaces);
    await call("POST", "/__local/snapshots/before/restore");
    expect((await account.getValue(id, "n")).bytes).toEqual(new Uint8Array([1]));
  });

  it("is told of, once it was put back, to those who look at the account", async () => {
    const { call, restored } = bareControl();
    await call("PUT", "/__local/snapshots/before");
    expect(restored).toEqual([]);
    await call("POST", "/__local/snapshots/before/restore");
    await call("POST", "/__local/reset");
    expect(restored).toHaveLength(2);
  });
});

describe("a reset", () => {
  it("leaves what the account had at its start, and its zones", async () => {
    const account = new LocalAccount(ACCOUNT_ID);
    account.addZone(ZONE);
    await account.putScript(moduleWorker("", [], "frontend"));
    const { call } = bareControl({ account });
    await account.putScript(moduleWorker("", [], "added"));
    await account.createRoute(ZONE.id, "shop.example.com/*", "frontend");
    expect((await call("POST", "/__local/reset")).status).toBe(200);
    expect(account.scripts.map(({ name }) => name)).toEqual(["frontend"]);
    expect(account.routes).toEqual([]);
    expect(account.zones).toEqual([ZONE]);
  });

  it("changes nothing where the account cannot be saved, and says why", async () => {
    const { account, call, logged } = bareControl();
    await account.createNamespace("kept");
    let isFull = false;
    await account.saveWith(() =>
      isFull ? Promise.reject(refusals.notKept("The disk is full.")) : Promise.resolve(),
    );
    isFull = true;
    expect(await call("POST", "/__local/reset")).toMatchObject({
      status: 500,
      message: "Nothing was changed. The disk is full.",
    });
    expect(account.namespaces).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  it("that breaks off for a fault of ours says so, and tells the log where, without a value", async () => {
    const { call, logged } = bareControl({ restored: () => Promise.reject(new Error("a secret value")) });
    expect(await call("POST", "/__local/reset")).toMatchObject({ status: 500 });
    expect(logged.join()).toContain("POST /__local/reset broke off: Error");
    expect(logged.join()).not.toContain("secret");
  });
});
