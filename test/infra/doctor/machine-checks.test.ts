import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkClock, checkNode, checkProvider } from "../../../infra/doctor/machine-checks.ts";
import { fakeCloudflare } from "./fake-cloudflare.ts";

const newFolder = () => mkdtemp(join(tmpdir(), "test-doctor-"));

describe("doctor on this machine", () => {
  it.each([
    ["20.19.0", "ok"],
    ["24.1.0", "ok"],
    ["20.18.3", "problem"],
    ["18.20.0", "problem"],
  ])("finds Node.js %s: %s", (version, state) => {
    expect(checkNode(version)[0]?.state).toBe(state);
  });

  it.each([
    ["where it is installed in a stack", "stack", "ok"],
    ["where somebody has put it", "plugins", "ok"],
    ["not tried, behind a mirror", "mirror", "not-tried"],
    ["missing, without a registry", "none", "problem"],
  ])("finds the provider %s", async (_name, place, state) => {
    const folder = await newFolder();
    const provider = "registry.terraform.io/cloudflare/cloudflare";
    if (place === "stack") await mkdir(join(folder, ".terraform/providers", provider), { recursive: true });
    if (place === "plugins") await mkdir(join(folder, ".terraform.d/plugins", provider), { recursive: true });
    const rc = join(folder, ".terraformrc");
    if (place === "mirror") await writeFile(rc, "provider_installation { filesystem_mirror { } }");
    const registry = "http://127.0.0.1:9/versions";
    const found = await checkProvider({ variables: { HOME: folder }, stackFolders: [folder], registry });
    expect(found.map((finding) => finding.state)).toEqual([state]);
  });

  it("finds the provider's registry where it answers", async () => {
    const { access, close } = await fakeCloudflare({ "/versions": {} });
    const folder = await newFolder();
    const registry = `${access.baseUrl}/versions`;
    const found = await checkProvider({ variables: { HOME: folder }, stackFolders: [], registry });
    await close();
    expect(found.map(({ state }) => state)).toEqual(["ok"]);
  });

  const NOON = Date.parse("2026-11-25T12:00:00Z");
  it.each([
    [0, "ok"],
    [20, "ok"],
    [90, "warning"],
    [-90, "warning"],
    [1000, "problem"],
    [-1000, "problem"],
  ])("finds a clock that is %s seconds off: %s", async (seconds, state) => {
    const { access, close } = await fakeCloudflare({}, "Wed, 25 Nov 2026 12:00:00 GMT");
    const findings = await checkClock(access.baseUrl, () => NOON + seconds * 1000);
    await close();
    expect(findings.map((finding) => finding.state)).toEqual(["ok", state]);
    const off = Math.abs(seconds);
    if (state !== "ok") expect(findings[1]?.what).toMatch(new RegExp(`${off}|${off - 1}`));
  });

  it("says that Cloudflare does not answer, and that the clock was not tried then", async () => {
    const findings = await checkClock("http://127.0.0.1:9");
    expect(findings.map(({ check, state }) => `${check} ${state}`)).toEqual([
      "cloudflare problem",
      "clock not-tried",
    ]);
  });
});
