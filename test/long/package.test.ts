import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { newFolder } from "../support/new-folder.ts";

const run = promisify(execFile);

let folder: string;

/** As somebody types it: npx finds what is installed in the working folder, and asks no registry. */
async function npx(...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, COLUMNS: "1000" };
  const { stdout } = await run("npx", ["--no-install", ...args], { cwd: folder, env });
  return stdout;
}

const queueitCf = (...args: readonly string[]) => npx("queueit-cf", ...args);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "test-installed-"));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", inject("tarball")], {
    cwd: folder,
  });
});

describe("the package, installed in an empty folder", () => {
  it("is light: nothing of CDKTF's own tool, and no compiler but the one for environments", async () => {
    const lock = JSON.parse(await readFile(join(folder, "node_modules/.package-lock.json"), "utf8")) as {
      readonly packages: Readonly<Record<string, { readonly inBundle?: boolean }>>;
    };
    const names = Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, ""));
    const heavy = ["cdktf-cli", "tsx", "@swc/core", "typescript", "wrangler", "react-devtools-core"];
    expect(names.filter((name) => heavy.includes(name))).toEqual([]);
    // 93 when this was written, and 553 before. What cdktf brings within itself is one with it.
    const own = Object.values(lock.packages).filter(({ inBundle }) => inBundle !== true);
    expect(own.length).toBeLessThan(120);
    const { stdout } = await run("du", ["-sm", "node_modules"], { cwd: folder });
    // 302 when this was written, of which 119 are workerd; 723 before.
    expect(Number.parseInt(stdout, 10)).toBeLessThan(400);
  });

  it("goes from nothing to a stack, and is tried in front of the demo shop", async () => {
    const answers = [
      "--account",
      "5e1d0c4b3a29180716f5e4d3c2b1a090",
      "--customer-id",
      "ticketsandmore",
      "--no-fetch",
    ];
    const site = ["--hostname", "shop.tickets-and-more.dk", "--zone", "tickets-and-more.dk"];
    await queueitCf("init", "staging", ...answers, ...site, "--yes");
    expect(await queueitCf("validate")).toContain("No problems in staging.");
    expect(await queueitCf("preview", "--check", "--port", "0")).toContain(
      "staging works on a local Cloudflare",
    );
    await queueitCf("synth");
    expect(await readdir(join(folder, "cdktf.out/stacks/staging"))).toContain("cdk.tf.json");
  });

  it("reports a plan by the environment of that folder", async () => {
    await cp(join(PACKAGE_ROOT, "test/fixtures/plans/create.json"), join(folder, "plan.json"));
    expect(await queueitCf("report", "plan.json")).toContain("Digest");
  });

  it("runs from elsewhere, too", async () => {
    const elsewhere = await newFolder();
    const bin = join(folder, "node_modules/.bin/queueit-cf");
    const { stdout } = await run(bin, ["validate", "--project", folder], { cwd: elsewhere });
    expect(stdout).toContain("No problems in staging.");
  });

  it("gives an editor the types of an environment", async () => {
    await writeFile(
      join(folder, "wrong.ts"),
      'import type { Environment } from "queueit-cloudflare/environment";\nexport const failure: Environment["failure"] = "ajar";\n',
    );
    const tsc = join(PACKAGE_ROOT, "node_modules/.bin/tsc");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "wrong.ts"];
    await expect(run(tsc, options, { cwd: folder })).rejects.toMatchObject({
      stdout: expect.stringMatching(/^wrong\.ts\(2,14\): error TS2322/),
    });
  });

  it("is what CDKTF's own tool deploys with, once that is installed beside it", async () => {
    await run(
      "npm",
      [
        "install",
        "--save-dev",
        "--prefer-offline",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "cdktf-cli@0.21.0",
      ],
      { cwd: folder },
    );
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
    };
    const { stdout } = await run("npx", ["--no-install", "cdktf", "synth"], { cwd: folder, env });
    expect(stdout).toContain("staging");
  });
});
