import { describe, expect, it } from "vitest";
import { CALL_NOTES } from "../../../../../infra/local/cloudflare/api/call-notes.ts";
import { fullAccount, provocationOf } from "./refused-calls.ts";

const REFUSALS = CALL_NOTES.flatMap(({ calls, refuses }) =>
  calls.flatMap((call) => Object.keys(refuses).map((code) => [call, Number(code)] as const)),
);

describe("a call refuses what docs/local-cloudflare-calls.md says", () => {
  it.each(REFUSALS)("%s: %i", async (call, code) => {
    const world = await fullAccount();
    const before = JSON.stringify(world.account.contents);
    const answer = await provocationOf(call, code)?.(world);
    expect(answer).toMatchObject({ code, result: null });
    expect(answer?.status).toBeGreaterThanOrEqual(400);
    expect(world.logged).toEqual([]);
    // Only what the provocation itself had to bring about first.
    if (![10215, 10214, 10220, 10021].includes(code))
      expect(JSON.stringify(world.account.contents)).toBe(before);
  });
});
