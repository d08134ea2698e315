import { expect, it } from "vitest";
import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import { startRuntime } from "../../../../../infra/local/cloudflare/runtime/runtime.ts";
import { ACCOUNT_ID } from "../worker-sources.ts";

/** What would keep this process from its end. */
const holding = () =>
  process.getActiveResourcesInfo().filter((name) => ["TCPServerWrap", "ProcessWrap"].includes(name)).length;

it("a runtime that has ended starts nothing for a call that was still under way", async () => {
  const before = holding();
  const account = new LocalAccount(ACCOUNT_ID);
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response(null, { status: 502 })),
    log: () => undefined,
  });
  const { id } = await account.createNamespace("values");
  await account.putValue(id, "key", { bytes: new Uint8Array() });
  await runtime.dispose();
  await expect(account.getValue(id, "key")).rejects.toThrow("ending");
  await expect(account.createNamespace("late")).rejects.toThrow("ending");
  expect(holding()).toBe(before);
});
