import { afterEach, expect, it, vi } from "vitest";
import { directPassProvider } from "../../worker/direct-pass.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("a visitor's headers cannot make the call to the direct-pass endpoint fail, which would let the visitor pass", async () => {
  const settings = { url: "https://endpoint.example/", proxyKey: "fake-proxy-key", timeoutMs: 800 };
  let agent: string | null = null;
  // A real Request refuses what no header can hold, as the runtime's fetch does.
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    agent = new Request(url, init).headers.get("user-agent");
    return Promise.resolve(Response.json({ HasPassed: false }));
  });
  const hostile = "特\r\nx: y\u0000\ud800";
  const debug = { addDebugEntry: () => undefined } as never;
  const provider = directPassProvider(settings);
  const result = await provider.tryDirectPass(
    "c",
    "event1",
    "a",
    hostile,
    "k",
    hostile,
    hostile,
    hostile,
    800,
    "v",
    debug,
  );
  expect(result.hasPassed).toBe(false);
  expect(agent).toBe("???x: y??");
});
