import { afterEach, describe, expect, it, vi } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { ACCOUNT_ID } from "../worker-sources.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("a clock that is ten years behind", () => {
  it("is named as what has to be set, since the runtime starts nothing from the future", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2016-11-25") });
    const starting = startRuntime({
      account: new LocalAccount(ACCOUNT_ID),
      outbound: () => Promise.resolve(new Response()),
      log: () => undefined,
    });
    await expect(starting).rejects.toThrow("The clock of this machine says 2016-11-25");
  });
});
