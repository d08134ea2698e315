import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroy } from "../../../infra/deploy/destroy.ts";
import type { ApplyOutcome, OpenStack } from "../../../infra/terraform/stack.ts";
import { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
});
afterAll(() => world.close());

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
  const options = { target, open, extras: {}, console, confirmedName: "staging", report: () => undefined };
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
  const options = { target, open, extras: {}, console, confirmedName: undefined, report: () => undefined };
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
