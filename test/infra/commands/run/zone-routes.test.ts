import { afterEach, describe, expect, it, vi } from "vitest";
import { zoneRoutesOf } from "../../../../infra/commands/run/workspace.ts";
import { fakeCloudflare } from "../../doctor/fake-cloudflare.ts";
import { stagingWith } from "../../local/server/environments.ts";

const PATH = "/zones/fedcba9876543210fedcba9876543210/workers/routes";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the routes of the zones, for the report of a plan", () => {
  const read = async (answer: unknown, token = "local-only-fake") => {
    const { access, close } = await fakeCloudflare({ [PATH]: answer });
    vi.stubEnv("CLOUDFLARE_BASE_URL", access.baseUrl);
    vi.stubEnv("CLOUDFLARE_API_TOKEN", token);
    try {
      return await zoneRoutesOf(await stagingWith());
    } finally {
      await close();
    }
  };

  it("are those of the account, with their Workers", async () => {
    expect(await read([{ id: "r1", pattern: "shop.staging.example.com/*", script: "seo" }])).toEqual([
      { id: "r1", pattern: "shop.staging.example.com/*", script: "seo" },
    ]);
  });

  it("are not known where the token may not read them, and the reason names the permission", async () => {
    expect(await read(403)).toContain("Zone · Workers Routes · Read");
  });

  it("are not known without a token", async () => {
    expect(await read([], "")).toContain("CLOUDFLARE_API_TOKEN is not set");
  });
});
