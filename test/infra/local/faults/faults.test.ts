import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import { Faults, SLOW_MS } from "../../../../infra/local/faults/faults.ts";
import { withFaults } from "../../../../infra/local/faults/faulty-network.ts";
import { ACCOUNT_ID } from "../cloudflare/worker-sources.ts";

describe("faults", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("are none at first", async () => {
    const faults = new Faults();
    expect(faults.states).toEqual({ kv: "works", origin: "works", queueIt: "works", clock: "works" });
    expect(await faults.stateOf("kv")).toBe("works");
  });

  it("let what is slow wait, and then answer", async () => {
    const faults = new Faults();
    await faults.set("kv", "slow");
    const answered = vi.fn();
    const state = faults.stateOf("kv").then(answered);
    await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
    expect(answered).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await state;
    expect(answered).toHaveBeenCalledWith("works");
  });

  it.each([
    ["works", "works"],
    ["down", "down"],
  ] as const)("end a wait as soon as it is switched to %s", async (state, told) => {
    const faults = new Faults();
    await faults.set("origin", "slow");
    const waits = faults.stateOf("origin");
    await faults.set("origin", state);
    expect(await waits).toBe(told);
  });

  it("leave a wait alone when something else is switched", async () => {
    const faults = new Faults();
    await faults.set("origin", "slow");
    const answered = vi.fn();
    void faults.stateOf("origin").then(answered);
    await faults.set("kv", "down");
    await vi.advanceTimersByTimeAsync(SLOW_MS - 1);
    expect(answered).not.toHaveBeenCalled();
  });

  it("keep what was switched while the Workers started with another clock", async () => {
    const faults = new Faults();
    let started: () => void = () => undefined;
    faults.setClockWith(() => new Promise((resolve) => (started = resolve)));
    const setting = faults.set("clock", "an hour ahead");
    await faults.set("kv", "down");
    started();
    await setting;
    expect(faults.states).toMatchObject({ kv: "down", clock: "an hour ahead" });
  });

  it("leave the clock right where the Workers do not start with another one", async () => {
    const faults = new Faults();
    faults.setClockWith(() => Promise.reject(new Error("no room")));
    await expect(faults.set("clock", "an hour behind")).rejects.toThrow("no room");
    expect([faults.states.clock, faults.spells]).toEqual(["works", []]);
  });

  it("set the clock right again, and end all others at once", async () => {
    const faults = new Faults();
    const skews: number[] = [];
    faults.setClockWith((skewMs) => Promise.resolve(void skews.push(skewMs)));
    await faults.set("clock", "two minutes behind");
    await faults.set("queueIt", "down");
    await faults.allOff();
    expect([skews, await faults.stateOf("queueIt")]).toEqual([[-120_000, 0], "works"]);
  });

  it("are remembered with their times, the latest twenty of them", async () => {
    vi.setSystemTime(1000);
    const faults = new Faults();
    await faults.set("kv", "down");
    vi.setSystemTime(5000);
    await faults.set("kv", "slow");
    expect(faults.spells).toEqual([
      { part: "kv", state: "down", from: 1000, to: 5000 },
      { part: "kv", state: "slow", from: 5000, to: undefined },
    ]);
    for (let index = 0; index < 50; index += 1)
      await faults.set("origin", index % 2 === 0 ? "down" : "works");
    expect(faults.spells).toHaveLength(20);
  });
});

describe("a network with faults", () => {
  const faults = new Faults();
  const answering = (text: string) => () => new Response(text);
  const network = withFaults(
    {
      account: new LocalAccount(ACCOUNT_ID),
      origin: answering("shop"),
      directHost: (host) => (host.endsWith(".test") ? undefined : answering(host)),
    },
    faults,
  );
  const ask = async (handler: typeof network.origin | undefined, init: RequestInit = {}) => {
    const answer = (await handler?.(new Request("https://any.example/", init))) as Response;
    return [answer.status, await answer.text()];
  };

  it("has an origin that Cloudflare cannot reach, also for who sends something", async () => {
    await faults.set("origin", "down");
    expect(await ask(network.origin, { method: "POST", body: "order" })).toEqual([521, "error code: 521\n"]);
    await faults.allOff();
    expect(await ask(network.origin)).toEqual([200, "shop"]);
  });

  it("has a Queue-it that answers nobody, and still the machine itself", async () => {
    await faults.set("queueIt", "down");
    expect(await ask(network.directHost("acme.queue-it.net"))).toEqual([
      503,
      expect.stringContaining("dashboard"),
    ]);
    expect(await ask(network.directHost("localhost"))).toEqual([200, "localhost"]);
    expect(network.directHost("nobody.test")).toBeUndefined();
    await faults.allOff();
    expect(await ask(network.directHost("acme.queue-it.net"))).toEqual([200, "acme.queue-it.net"]);
  });
});
