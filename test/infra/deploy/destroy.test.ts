import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroy } from "../../../infra/deploy/destroy.ts";
import type { ApplyOutcome, OpenStack } from "../../../infra/terraform/stack.ts";
import { untilGone } from "../../../infra/deploy/until-gone.ts";
import { findConnector } from "../../../infra/verify/find-connector.ts";
import type { Reach } from "../../../infra/verify/reach.ts";
import { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
});
afterAll(() => world.close());

/** Nobody reads a report, and no site is asked. */
const QUIET = { report: () => undefined, untilGone: () => Promise.resolve() } as const;

/** Takes staging down with stacks whose apply ends like this. */
function destroyed(outcome: ApplyOutcome): Promise<unknown> {
  const open: OpenStack = async (...args) => {
    const stack = await world.open(...args);
    return {
      ...stack,
      plan: async (...of) => ({ ...(await stack.plan(...of)), apply: () => Promise.resolve(outcome) }),
    };
  };
  const { staging: target, console } = world;
  const options = { target, open, extras: {}, console, confirmedName: "staging", ...QUIET };
  return destroy(options).catch((error: unknown) => error);
}

const half = {
  done: ["cloudflare_workers_script.queueit_worker"],
  unfinished: ["cloudflare_workers_kv.queueit_configuration"],
};

/** Asks for the name, and gets these answers. */
async function typing(...answers: readonly string[]): Promise<{ error: unknown; asked: readonly string[] }> {
  const asked: string[] = [];
  const ask = (question: string) => Promise.resolve(answers[asked.push(question) - 1] ?? "");
  const { staging: target, open } = world;
  const console = { ...world.console, ask };
  const options = { target, open, extras: {}, console, confirmedName: undefined, ...QUIET };
  // An apply of its own would take the others' environment away.
  const plansOnly: OpenStack = async (...args) => {
    const stack = await open(...args);
    const apply = (): Promise<ApplyOutcome> => Promise.resolve({ ok: true });
    return { ...stack, plan: async (...of) => ({ ...(await stack.plan(...of)), apply }) };
  };
  const error: unknown = await destroy({ ...options, open: plansOnly }).catch((thrown: unknown) => thrown);
  return { error, asked };
}

describe("the name to take an environment down", () => {
  it("may be typed again after a typo, without another plan", async () => {
    const { error, asked } = await typing("stagin", "staging");
    expect(error).toBe(true);
    expect(asked).toEqual([
      "To take it down, type staging:",
      'That was "stagin". Type staging, or nothing to keep it:',
    ]);
  });

  it("is asked three times and no more", async () => {
    const { error, asked } = await typing("a", "b", "c", "staging");
    expect(error).toMatchObject({ code: "name-not-confirmed" });
    expect(asked).toHaveLength(3);
  });

  it("is not asked again where nothing is typed, as without a terminal", async () => {
    const { error, asked } = await typing("");
    expect(error).toMatchObject({ code: "name-not-confirmed" });
    expect(asked).toHaveLength(1);
  });
});

describe("taking an environment down", () => {
  it("that was stopped says what is gone, what perhaps, and what not", async () => {
    const error = await destroyed({
      ok: false,
      reason: "execution halted.",
      brokenOff: { by: "SIGHUP", killedBy: undefined, ...half },
    });
    expect(error).toMatchObject({ code: "interrupted", exitCode: 129 });
    expect(String(error)).toMatch(
      /Done:[\s\S]*Worker[\s\S]*Under way, and possibly done:\n- The integration configuration[\s\S]*Not begun:[\s\S]*- KV namespace/,
    );
    expect(String(error)).toContain("npx queueit-cf destroy staging");
  });

  it("that was done before it could be stopped says so", async () => {
    const error = await destroyed({ ok: true, interruptedBy: "SIGINT" });
    expect(error).toMatchObject({ exitCode: 130 });
    expect(String(error)).toContain("All of staging was already gone.");
  });

  it("whose planner was killed says what ended it", async () => {
    const error = await destroyed({
      ok: false,
      reason: "It was ended by SIGKILL.",
      brokenOff: { by: undefined, killedBy: "SIGKILL", ...half },
    });
    expect(String(error)).toMatch(/Not all of staging went away: It was ended by SIGKILL\.\nDone:/);
  });
});

describe("what the sites say when the environment is gone", () => {
  const ask = async (reach: Reach) => {
    const said: string[] = [];
    const console = { progress: (line: string) => void said.push(line) };
    await untilGone({ target: world.staging, reach, console, patienceMs: 50 });
    return said;
  };
  const answering = (headers: Headers): Reach => ({
    ...world.reach,
    get: () => Promise.resolve({ status: 200, headers, location: null, body: "" }),
  });

  it("is asked, and a page that a connector still answers is an error with the page's address", async () => {
    await expect(ask(world.reach)).rejects.toMatchObject({
      code: "not-gone",
      message: expect.stringContaining("still answers https://shop.staging.example.com/tickets"),
    });
  });

  it("is that no Worker is there", async () => {
    expect(await ask(answering(new Headers()))).toEqual(["The sites answer without the Worker."]);
  });

  it("is not known of a site that is silent, and that is said", async () => {
    const reach: Reach = { ...world.reach, get: () => Promise.reject(new Error("connection refused")) };
    const said = await ask(reach);
    expect(said).toEqual([
      expect.stringMatching(/^Not known whether the Worker is gone from .*\/tickets \(connection refused\)/),
    ]);
  });

  it("is looked at also where the state has nothing: it may be another state", async () => {
    // Of production nothing was deployed, and what is asked are staging's sites.
    const { production, staging, open, console, reach } = world;
    const options = { target: production, open, extras: {}, console, confirmedName: "production", ...QUIET };
    await expect(
      destroy({
        ...options,
        untilGone: () => untilGone({ target: staging, reach, console, patienceMs: 50 }),
      }),
    ).rejects.toMatchObject({ code: "not-gone" });
  });
});

it("a site that is silent is not taken for one without a connector", async () => {
  const reach: Reach = { ...world.reach, get: () => Promise.reject(new Error("timed out")) };
  expect(await findConnector(world.staging, reach)).toEqual({
    answersAt: undefined,
    silent: ["https://shop.staging.example.com/ (timed out)"],
  });
  expect(await findConnector(world.staging, world.reach)).toMatchObject({
    answersAt: "https://shop.staging.example.com/",
  });
});
