import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { type DueCron, startCronClock } from "../../../../../infra/local/cloudflare/runtime/cron-clock.ts";
import { ACCOUNT_ID, moduleWorker } from "../worker-sources.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-23T20:04:30Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

async function accountWith(crons: readonly string[]): Promise<LocalAccount> {
  const account = new LocalAccount(ACCOUNT_ID);
  await account.putScript(moduleWorker("return new Response()"));
  await account.putSchedules("shop", crons);
  return account;
}

it("runs each cron trigger at its minute, once", async () => {
  const run: DueCron[] = [];
  const stop = startCronClock(await accountWith(["*/5 * * * *", "6 20 * * *"]), (due) => run.push(due));
  vi.advanceTimersByTime(29_999);
  expect(run).toEqual([]);
  vi.advanceTimersByTime(120_000);
  expect(run).toEqual([
    { script: "shop", cron: "*/5 * * * *" },
    { script: "shop", cron: "6 20 * * *" },
  ]);
  stop();
});

it("runs nothing once it is stopped", async () => {
  const run: DueCron[] = [];
  startCronClock(await accountWith(["* * * * *"]), (due) => run.push(due))();
  vi.advanceTimersByTime(600_000);
  expect(run).toEqual([]);
});

it("leaves out what an earlier version kept although Cloudflare refuses it", async () => {
  const run: DueCron[] = [];
  const { contents } = await accountWith(["*/5 * * * *"]);
  const schedules = [{ script: "shop", crons: ["5 */30 * * *", "*/5 * * * *"] }];
  const stop = startCronClock(new LocalAccount(ACCOUNT_ID, { ...contents, schedules }), (due) =>
    run.push(due),
  );
  vi.advanceTimersByTime(60_000);
  expect(run).toEqual([{ script: "shop", cron: "*/5 * * * *" }]);
  stop();
});
