import { describe, expect, it } from "vitest";
import {
  type CheckedWorker,
  checkWorkerStarts,
} from "../../../../../infra/local/cloudflare/runtime/starts.ts";

const worker = (content: string, format: CheckedWorker["format"] = "es-module"): CheckedWorker => ({
  content,
  format,
  compatibilityDate: "2026-04-01",
  compatibilityFlags: ["nodejs_compat"],
  bindings: [
    { type: "kv_namespace", name: "IntegrationConfigKV" },
    { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "acme" },
    { type: "secret_text", name: "QUEUEIT_SECRET_KEY" },
    { type: "secrets_store_secret", name: "QUEUEIT_API_KEY" },
  ],
});

describe("checkWorkerStarts", () => {
  it.each([
    [
      "an ES module with a fetch handler",
      worker("export default { async fetch() {} }\n//# sourceMappingURL=x.map"),
    ],
    [
      "an entrypoint class",
      worker(`import { WorkerEntrypoint } from "cloudflare:workers";
        export default class extends WorkerEntrypoint { fetch() {} }`),
    ],
    [
      "a service worker that uses its bindings at start-up",
      worker(
        `if (QUEUEIT_CUSTOMER_ID !== "acme" || !QUEUEIT_SECRET_KEY || !IntegrationConfigKV.get) throw new Error();
         addEventListener("fetch", (event) => {});`,
        "service-worker",
      ),
    ],
  ])("takes %s", async (_, checked) => {
    expect(await checkWorkerStarts(checked)).toEqual({ starts: true });
  });

  it.each([
    ["an ES module without a default export", worker("export const fetch = () => {}")],
    ["an ES module without a fetch handler", worker("export default { scheduled() {} }")],
    [
      "a service worker without a listener",
      worker("addEventListener('scheduled', () => {})", "service-worker"),
    ],
  ])("names the handler missing in %s", async (_, checked) => {
    expect(await checkWorkerStarts(checked)).toMatchObject({
      starts: false,
      reason: expect.stringMatching(/^The .* has no .* fetch/) as string,
    });
  });

  it("gives the runtime's error and line for a file that throws", async () => {
    expect(await checkWorkerStarts(worker("\nthrow new TypeError('broken');"))).toMatchObject({
      starts: false,
      reason: expect.stringMatching(/Uncaught TypeError: broken\n\s+at worker\.mjs:2/) as string,
    });
  });

  it("gives the runtime's error for a file that is not JavaScript", async () => {
    expect(await checkWorkerStarts(worker("export default {"))).toMatchObject({
      starts: false,
      reason: expect.stringContaining("SyntaxError") as string,
    });
  });
});
