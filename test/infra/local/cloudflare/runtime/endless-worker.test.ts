import type { ChildProcess } from "node:child_process";
import { type TestContext, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import type { Script } from "../../../../../infra/local/cloudflare/account/model.ts";
import { startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { runs } from "../../../../support/runs.ts";
import { onWorkerdStart } from "../../../../support/workerd-processes.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";

/** Reached at once by what never ends, and by nothing else: they count CPU, not time. */
const LIMITS = { startCpu: 0.4, busyCpu: 0.3, memory: 512 * 1024 ** 2 };

// The first of each are tried in npm test: every limit, outside of handlers and inside.
const ENDLESS_STARTS = [
  ["an empty loop", "for (;;) {}", "CPU time"],
  ["buffers without end", "const b = []; for (;;) b.push(new Uint8Array(1e7).fill(1))", "memory"],
  ["promises that make promises", "const f = () => Promise.resolve().then(f); f()", "CPU time"],
] as const;
const ENDLESS_ANSWERS = [
  ["while it answers", "for (;;) {}"],
  ["after it has waited", "await Promise.resolve(); while (true) {}"],
  ["taking memory", "const a = []; for (;;) a.push({ a: [1, 2, 3] })"],
] as const;
const TAKEN = [
  ["memory", "const a = []; for (;;) a.push({ a: [1, 2, 3] })"],
  ["CPU", "for (;;) {}"],
] as const;

async function start({ onTestFinished }: TestContext, limits = LIMITS) {
  const account = new LocalAccount(ACCOUNT_ID);
  const processes: ChildProcess[] = [];
  const log: string[] = [];
  onTestFinished(onWorkerdStart((child) => processes.push(child)));
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response()),
    log: ({ message }) => log.push(message),
    limits,
  });
  onTestFinished(() => runtime.dispose());
  const visit = (script: string) => runtime.dispatch(script, new Request("https://shop.example.com/"));
  return { account, runtime, processes, log, visit };
}

const sound = (name: string): Script => moduleWorker("return new Response('answered')", [], name);
const withTopLevel = (code: string, name = "shop"): Script => ({
  ...sound(name),
  content: `${code}; ${sound(name).content}`,
});

describe("a Worker that never ends", () => {
  it.for(ENDLESS_STARTS.slice(0, runs(2, ENDLESS_STARTS.length)))(
    "is refused when it is %s outside of its handlers, and nothing else waits for it",
    async ([, code, limit], test) => {
      // Writing to so much memory takes CPU too, more of it on a slow machine.
      const { account, visit } = await start(test, limit === "memory" ? { ...LIMITS, startCpu: 60 } : LIMITS);
      await account.putScript(sound("shop"));
      const broken = account.putScript(withTopLevel(code));
      const other = account.putScript(sound("other"));
      await expect(broken).rejects.toMatchObject({
        code: 10021,
        message: expect.stringContaining(limit) as unknown,
      });
      await other;
      expect(await (await visit("other")).text()).toBe("answered");
      expect(await (await visit("shop")).text()).toBe("answered");
    },
  );

  it("is refused beside many that start well, however much all of these take together", async (test) => {
    const { account, runtime, processes, visit } = await start(test);
    const slow = "let sum = 0; for (let i = 0; i < 6e7; i++) sum += i";
    const names = Array.from({ length: 4 }, (_, index) => `slow-${index}`);
    for (const name of names) await account.putScript(withTopLevel(slow, name));
    await expect(account.putScript(withTopLevel("for (;;) {}"))).rejects.toMatchObject({ code: 10021 });

    const answering = processes.at(-2);
    answering?.kill("SIGKILL");
    await new Promise((resolve) => answering?.once("exit", resolve));
    expect(await (await visit("slow-0")).text()).toBe("answered");
    await runtime.dispose();
    const again = await startRuntime({
      account,
      outbound: () => Promise.resolve(new Response()),
      log: () => undefined,
      limits: LIMITS,
    });
    test.onTestFinished(() => again.dispose());
    const answer = await again.dispatch("slow-3", new Request("https://shop.example.com/"));
    expect(await answer.text()).toBe("answered");
  });

  it("that waits for ever before it has loaded is refused", async (test) => {
    const { account } = await start(test);
    const waiting = account.putScript(withTopLevel("await new Promise(() => undefined)"));
    await expect(waiting).rejects.toMatchObject({ code: 10021 });
  });

  it.for(ENDLESS_ANSWERS.slice(0, runs(1, ENDLESS_ANSWERS.length)))(
    "gives its visitor error 1102 when it is %s, and everybody else is answered again",
    async ([, code], test) => {
      const { account, visit, log } = await start(test);
      await account.putScript(sound("other"));
      await account.putScript(moduleWorker(code, [], "shop"));
      const answer = await visit("shop");
      expect([answer.status, await answer.text()]).toEqual([503, "error code: 1102\n"]);
      expect(log.join("\n")).toContain("shop did not answer: Worker exceeded");
      expect(await (await visit("other")).text()).toBe("answered");
    },
  );

  it("is ended when it is so after its answer, and everybody else is answered again", async (test) => {
    const { account, visit } = await start(test);
    await account.putScript(sound("other"));
    const later =
      "ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 1)).then(() => { for (;;) {} }))";
    await account.putScript(moduleWorker(`${later}; return new Response("answered")`, [], "shop"));
    await (await visit("shop")).text();
    while ((await visit("other")).status !== 200);
  });

  it("fails its cron event when it is so there, and everybody else is answered again", async (test) => {
    const { account, visit, runtime } = await start(test);
    await account.putScript({
      ...sound("shop"),
      content: "export default { fetch() { return new Response('answered') }, scheduled() { for (;;) {} } }",
    });
    await expect(runtime.runScheduled("shop", "* * * * *")).rejects.toThrow();
    expect(await (await visit("shop")).text()).toBe("answered");
  });

  it.for(TAKEN.slice(0, runs(1, TAKEN.length)))(
    "that takes %s keeps nobody from the KV values",
    async ([, code], test) => {
      const { account, visit } = await start(test);
      const { id } = await account.createNamespace("configuration");
      await account.putValue(id, "before", { bytes: Buffer.from("kept") });
      await account.putScript(moduleWorker(code, [], "shop"));
      const lost = visit("shop");
      const [put, got, listed] = await Promise.all([
        account.putValue(id, "meanwhile", { bytes: Buffer.from("written") }),
        account.getValue(id, "before"),
        account.keys(id, "before"),
      ]);
      expect(put).toBeUndefined();
      expect([Buffer.from(got.bytes).toString(), listed]).toEqual(["kept", ["before"]]);
      expect(Buffer.from((await account.getValue(id, "meanwhile")).bytes).toString()).toBe("written");
      expect((await lost).status).toBe(503);
    },
  );

  it("can be fixed while a visitor waits for it", async (test) => {
    const { account, visit } = await start(test);
    await account.putScript(moduleWorker("for (;;) {}", [], "shop"));
    const lost = visit("shop");
    await account.putScript(sound("shop"));
    expect(await (await visit("shop")).text()).toBe("answered");
    expect((await lost).status).toBe(503);
  });
});

describe("a runtime", () => {
  it("answers again after its process was killed, with what was deployed", async (test) => {
    const { account, processes, visit } = await start(test);
    await account.putScript(sound("shop"));
    const workerd = processes.at(-1);
    expect(workerd?.kill("SIGKILL")).toBe(true);
    await new Promise((resolve) => workerd?.once("exit", resolve));
    expect(await (await visit("shop")).text()).toBe("answered");
  });

  it("gives error 1102 to a visitor under whom its process was killed", async (test) => {
    const { account, processes, visit } = await start(test);
    await account.putScript(moduleWorker("await new Promise(() => undefined)"));
    const visits = Array.from({ length: 5 }, () => visit("shop"));
    processes.at(-1)?.kill("SIGKILL");
    expect((await Promise.all(visits)).map(({ status }) => status)).toEqual([503, 503, 503, 503, 503]);
  });

  it("carries out every KV operation while Workers are replaced", async (test) => {
    const { account } = await start(test);
    const { id } = await account.createNamespace("configuration");
    let isDeploying = true;
    const operate = async (name: string): Promise<void> => {
      while (isDeploying) {
        await account.putValue(id, name, { bytes: Buffer.from(name) });
        expect(Buffer.from((await account.getValue(id, name)).bytes).toString()).toBe(name);
      }
    };
    const operating = Promise.all(Array.from({ length: runs(8, 24) }, (_, index) => operate(`key-${index}`)));
    try {
      for (let deploy = 0; deploy < runs(4, 8); deploy++)
        await account.putScript({ ...sound("shop"), content: `${sound("shop").content} // ${deploy}` });
    } finally {
      isDeploying = false;
    }
    await operating;
  });
});
