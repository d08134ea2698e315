import { describe, expect, it } from "vitest";
import { settingDifferences } from "../../../infra/deploy/setting-differences.ts";
import type { Environment } from "../../../infra/environments/environment.ts";
import production from "../../../infra/environments/production.ts";
import staging from "../../../infra/environments/staging.ts";

describe("settings of two environments", () => {
  it("differ where staging tried something else, and it is said whether that is meant", () => {
    expect(settingDifferences(staging, production)).toEqual([
      { setting: "queueIt.enqueueToken", earlier: "not set", later: '{"validityMs":240000}', isMeant: true },
    ]);
    expect(settingDifferences(staging, { ...production, meantToDiffer: [] })[0]?.isMeant).toBe(false);
  });

  it("are the same when one writes a default and the other leaves it out", () => {
    const { queueIt } = staging;
    const written = {
      ...staging,
      failure: "open",
      queueIt: { ...queueIt, clientIp: "cf-connecting-ip" },
    } as const;
    expect(settingDifferences(staging, written)).toEqual([]);
  });

  it.each<[string, Partial<Environment>, Partial<Environment>]>([
    ["observability", {}, { observability: { enabled: true, samplingRate: 1 } }],
    [
      "an enqueue token",
      { queueIt: { customerId: "acme", enqueueToken: {} } },
      { queueIt: { customerId: "acme", enqueueToken: { validityMs: 240_000, key: false } } },
    ],
    [
      "pull's cron",
      { integrationConfiguration: { owner: "pull" } },
      { integrationConfiguration: { owner: "pull", cron: "*/5 * * * *" } },
    ],
  ])("are the same when one writes out all of %s", (_what, leftOut, written) => {
    expect(settingDifferences({ ...staging, ...leftOut }, { ...staging, ...written })).toEqual([]);
  });

  it("are shown as they are written", () => {
    const other = { ...staging, observability: { enabled: false } };
    expect(settingDifferences(staging, other)).toEqual([
      {
        setting: "observability",
        earlier: '{"enabled":true,"samplingRate":1}',
        later: '{"enabled":false}',
        isMeant: false,
      },
    ]);
  });

  it("never count what is each environment's own", () => {
    const other = { ...staging, workerName: "other", accountId: "f".repeat(32), promotedFrom: "qa" };
    expect(settingDifferences(staging, other)).toEqual([]);
  });

  it("tell a failure mode", () => {
    expect(settingDifferences(staging, { ...staging, failure: "closed" })).toEqual([
      { setting: "failure", earlier: "open", later: "closed", isMeant: false },
    ]);
  });
});
