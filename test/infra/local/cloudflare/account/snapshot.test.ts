import { beforeEach, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { MemoryKv } from "../../../../../infra/local/cloudflare/account/memory-kv.ts";
import { type Deployment, WorkerStartError } from "../../../../../infra/local/cloudflare/account/model.ts";
import { SnapshotTooLarge } from "../../../../../infra/local/cloudflare/account/snapshot.ts";
import { ACCOUNT_ID, ZONE, moduleWorker } from "../worker-sources.ts";

const ROOM = 1024 * 1024;
const bytes = (text: string) => new TextEncoder().encode(text);

describe("a snapshot of an account", () => {
  let account: LocalAccount;
  let namespace: string;
  /** What of the account may be compared: the storages of its namespaces are others after it was put back. */
  const seen = () => {
    const { namespaces, ...others } = account.contents;
    return { ...others, leaving: [], namespaces: namespaces.map(({ id, title }) => ({ id, title })) };
  };
  const valueOf = async (key: string) =>
    new TextDecoder().decode((await account.getValue(namespace, key)).bytes);

  beforeEach(async () => {
    account = new LocalAccount(ACCOUNT_ID);
    account.addZone(ZONE);
    namespace = (await account.createNamespace("counts")).id;
    await account.putScript(
      moduleWorker("return new Response()", [{ type: "kv_namespace", name: "KV", namespaceId: namespace }]),
    );
    await account.createRoute(ZONE.id, "shop.example.com/*", "shop");
    await account.putSchedules("shop", ["*/5 * * * *"]);
    await account.putSecret("a".repeat(32), "KEY", "first");
    await account.putValue(namespace, "n", { bytes: bytes("1"), metadata: { by: "a test" } });
  });

  it("brings everything back under the same ids, whatever was changed since", async () => {
    const before = seen();
    const snapshot = await account.snapshot(ROOM);
    await account.deleteScript("shop", true);
    await account.putSecret("a".repeat(32), "KEY", "second");
    await account.deleteNamespace(namespace);
    await account.createNamespace("counts");
    await account.restore(snapshot);
    expect(seen()).toEqual(before);
    expect(await account.getValue(namespace, "n")).toEqual({ bytes: bytes("1"), metadata: { by: "a test" } });
  });

  it("can be put back again and again, and no value of between is left", async () => {
    const snapshot = await account.snapshot(ROOM);
    for (const word of ["2", "3"]) {
      await account.putValue(namespace, "n", { bytes: bytes(word) });
      await account.putValue(namespace, `only ${word}`, { bytes: bytes(word) });
      await account.restore(snapshot);
      expect(await account.keys(namespace)).toEqual(["n"]);
      expect(await valueOf("n")).toBe("1");
    }
  });

  it("leaves out keys that have ended since it was taken, and keeps those that end later", async () => {
    const now = Math.floor(Date.now() / 1000);
    await account.putValue(namespace, "ends later", { bytes: bytes("x"), expiration: now + 600 });
    const { contents, values, bytes: size } = await account.snapshot(ROOM);
    const ended = new Map([
      ...(values.get(namespace) ?? []),
      ["ended", { bytes: bytes("x"), expiration: now - 1 }],
    ]);
    await account.restore({ contents, values: new Map([[namespace, ended]]), bytes: size });
    expect(await account.keys(namespace)).toEqual(["ends later", "n"]);
    expect((await account.getValue(namespace, "ends later")).expiration).toBe(now + 600);
  });

  it("is refused where its values have more bytes than there is room for", async () => {
    await account.putValue(namespace, "large", { bytes: new Uint8Array(2000) });
    await expect(account.snapshot(2000)).rejects.toBeInstanceOf(SnapshotTooLarge);
    expect((await account.snapshot(ROOM)).bytes).toBeGreaterThan(2000);
  });

  it("waits for a change that is under way, and is put back before the next", async () => {
    const snapshot = await account.snapshot(ROOM);
    const made = account.createNamespace("made before");
    const restored = account.restore(snapshot);
    const after = account.createNamespace("made after");
    await Promise.all([made, restored, after]);
    expect(account.namespaces.map(({ title }) => title)).toEqual(["counts", "made after"]);
  });
});

/** Lets what was begun go as far as it can. */
async function untilItWaits(): Promise<void> {
  for (let round = 0; round < 50; round++) await new Promise((resolve) => setImmediate(resolve));
}

describe("an account that is put back while its Workers run", () => {
  /** An account whose host may refuse its next deployments. */
  async function running() {
    const account = new LocalAccount(ACCOUNT_ID);
    const { id } = await account.createNamespace("counts");
    await account.putValue(id, "n", { bytes: bytes("1") });
    const values = new MemoryKv();
    const deployments: Deployment[] = [];
    let mostStarts = Infinity;
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    await account.attach({
      values,
      settled: () => settled,
      run: (deployment) => {
        if (deployments.length >= mostStarts)
          return Promise.reject(new WorkerStartError("refused on purpose"));
        deployments.push(deployment);
        return Promise.resolve();
      },
    });
    await account.putScript(moduleWorker("", [{ type: "kv_namespace", name: "KV", namespaceId: id }]));
    const storageOf = (deployment: Deployment | undefined) => {
      const [binding] = deployment?.scripts[0]?.bindings ?? [];
      return binding?.type === "kv_namespace" ? binding.namespaceId : undefined;
    };
    return {
      account,
      id,
      values,
      storage: () => storageOf(deployments.at(-1)),
      settle,
      refuseAfter: (starts: number) => (mostStarts = deployments.length + starts),
    };
  }

  it("gives its Workers another storage: what those of before write does not come into it", async () => {
    const { account, id, values, storage } = await running();
    const before = storage() ?? "";
    await account.restore(await account.snapshot(ROOM));
    expect(storage()).not.toBe(before);
    await values.put(before, "n", { bytes: bytes("written late") });
    expect((await account.getValue(id, "n")).bytes).toEqual(bytes("1"));
  });

  it("empties the storage of before once nothing that could write to it is under way", async () => {
    const { account, values, storage, settle } = await running();
    const before = storage() ?? "";
    await account.restore(await account.snapshot(ROOM));
    await untilItWaits();
    expect(await values.get(before, "n")).toBeDefined();
    settle();
    await untilItWaits();
    expect(await values.get(before, "n")).toBeUndefined();
    expect(account.contents.leaving).toEqual([]);
  });

  it("has the values in that storage before any Worker reads it", async () => {
    const { account, values, storage } = await running();
    const snapshot = await account.snapshot(ROOM);
    const found: (Uint8Array | undefined)[] = [];
    const put = values.put.bind(values);
    values.put = async (...given) => {
      found.push((await values.get(storage() ?? "", "n"))?.bytes);
      await put(...given);
    };
    await account.restore(snapshot);
    // While it is filled, the Workers still read the storage of before.
    expect(found).toEqual([bytes("1")]);
    expect((await values.get(storage() ?? "", "n"))?.bytes).toEqual(bytes("1"));
  });

  it.each([0, 1])("is left as it was where the Workers do not start, at their start %i", async (starts) => {
    const { account, id, refuseAfter, storage } = await running();
    const snapshot = await account.snapshot(ROOM);
    await account.putValue(id, "n", { bytes: bytes("2") });
    await account.createNamespace("made since");
    const before = storage();
    refuseAfter(starts);
    await expect(account.restore(snapshot)).rejects.toMatchObject({ code: 10021 });
    expect(account.namespaces.map(({ title }) => title)).toEqual(["counts", "made since"]);
    expect((await account.getValue(id, "n")).bytes).toEqual(bytes("2"));
    expect(storage()).toBe(before);
  });

  it("saves what it was put back to, where it is kept", async () => {
    const { account } = await running();
    const snapshot = await account.snapshot(ROOM);
    const saved: string[][] = [];
    await account.saveWith(({ namespaces }) => {
      saved.push(namespaces.map(({ title }) => title));
      return Promise.resolve();
    });
    await account.createNamespace("made since");
    await account.restore(snapshot);
    expect(saved.at(-1)).toEqual(["counts"]);
  });
});
