import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildBundle } from "../infra/bundles/build-bundle.ts";
import { PACKAGE_ROOT } from "../infra/files/package-root.ts";

// What npm packs, unpacked inside of this checkout so that it finds the packages that it needs.
// test/long/package.test.ts installs it.

const run = promisify(execFile);

const APP = `
import { App } from "cdktf";
import { ConnectorStack, buildBundle, defineEnvironment, specify } from "queueit-cloudflare";

const environment = defineEnvironment({
  accountId: "0123456789abcdef0123456789abcdef",
  workerName: "queueit-connector",
  sites: [{ zoneName: "example.com", hostname: "shop.example.com" }],
  queueIt: { customerId: "acme" },
});
const named = { name: "live", environment };
const workerFile = await buildBundle();
const spec = specify({ named, all: [named], workerFile, readConfiguration: () => "{}" });
const app = new App({ outdir: "cdktf.out" });
new ConnectorStack(app, { spec, projectRoot: import.meta.dirname });
app.synth();
`;

const HOOKS = `
import { defineHooks } from "queueit-cloudflare/hooks";
export default defineHooks({ onResponse: () => ({ headers: { "x-shop": "1" } }) });
`;

const packedSchema = z.tuple([
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
]);

let folder: string;
let tarball: string;
let files: readonly string[];

const installed = (path: string) => join(folder, "node_modules/queueit-cloudflare", path);
const read = (path: string) => readFile(join(folder, path), "utf8");

beforeAll(async () => {
  await mkdir(join(PACKAGE_ROOT, "dist"), { recursive: true });
  folder = await mkdtemp(join(PACKAGE_ROOT, "dist", "consumer-"));
  await run("npm", ["run", "package"], { cwd: PACKAGE_ROOT });
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: PACKAGE_ROOT,
  });
  const [packed] = packedSchema.parse(JSON.parse(stdout.slice(stdout.indexOf("["))));
  tarball = join(folder, packed.filename);
  files = packed.files.map(({ path }) => path);
  await mkdir(installed("."), { recursive: true });
  await run("tar", ["-xzf", tarball, "-C", installed("."), "--strip-components=1"]);
  await writeFile(join(folder, "package.json"), '{ "name": "another-app", "type": "module" }');
  // Three programs after each other: on a machine with load 30 they took more than the usual two minutes.
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A command of the package, in the folder of somebody who has installed it. */
async function queueitCf(...args: readonly string[]): Promise<string> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: folder, COLUMNS: "1000" };
  const { stdout } = await run(process.execPath, [installed("infra/queueit-cf.mjs"), ...args], {
    cwd: folder,
    env,
  });
  return stdout;
}

describe("the npm package", () => {
  it("holds the program, the Worker with its sources, the types, the licences and the pages", () => {
    for (const path of [
      ...[
        "package.json",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "SECURITY.md",
        "worker-hooks/example-search-bots.ts",
        "docs/errors.md",
        "docs/reference/environment.md",
        "docs/rehearsal/README.md",
        ".github/workflows/plan.yml",
        ".github/actions/prepare/action.yml",
        "infra/queueit-cf.mjs",
        "schemas/plan-report.v1.schema.json",
        "worker/index.ts",
      ],
      ...[
        "index.js",
        "index.d.ts",
        "cli.js",
        "environments/environment.js",
        "environments/environment.d.ts",
      ].map((name) => `dist/package/infra/${name}`),
      ...["worker.mjs", "worker.mjs.map", "worker.mjs.sha256", "LICENSES.txt"].map(
        (name) => `dist/package/bundle/${name}`,
      ),
    ])
      expect(files).toContain(path);
  });

  it("holds nothing of this checkout alone: tests, environments, its compilers, states and secrets", () => {
    const own =
      /^test\/|^bench\/|^schemas\/released\/|^infra\/(?!queueit-cf\.mjs$)|\/environments\/(?:staging|production)\.|(?:^|\/)typescript|\.env|tfstate|\.npmrc/;
    expect(files.filter((path) => own.test(path))).toEqual([]);
  });

  it("has every file that its pages load, and the scenarios that come along", async () => {
    const listed = ["ls-files", "infra/**/assets/*", "infra/**/scenarios/*.json"];
    const { stdout } = await run("git", listed, { cwd: PACKAGE_ROOT });
    const assets = stdout.trim().split("\n");
    expect(assets.length).toBeGreaterThan(5);
    expect(assets.filter((path) => !files.includes(`dist/package/${path}`))).toEqual([]);
  });

  it("is what publint and Are the Types Wrong accept", async () => {
    const bin = (name: string) => join(PACKAGE_ROOT, "node_modules/.bin", name);
    await run(bin("publint"), [tarball, "--strict"]);
    // No CommonJS, and no resolution from before exports.
    await run(bin("attw"), [tarball, "--profile", "esm-only"]);
  });

  it("gives another CDKTF app, in plain JavaScript, the whole connector", async () => {
    await writeFile(join(folder, "app.mjs"), APP);
    await run("node", ["app.mjs"], { cwd: folder });
    const json = JSON.parse(await read("cdktf.out/stacks/live/cdk.tf.json")) as { resource: object };
    expect(Object.keys(json.resource).sort()).toEqual([
      "cloudflare_workers_kv",
      "cloudflare_workers_kv_namespace",
      "cloudflare_workers_route",
      "cloudflare_workers_script",
    ]);
  });

  it("has the same Worker as this project builds, with its hash and the licences of what is in it", async () => {
    const ours = await buildBundle(join(folder, "ours"));
    const theirs = await readFile(installed("dist/package/bundle/worker.mjs"));
    expect((await readFile(ours.path)).equals(theirs)).toBe(true);
    const hash = await readFile(installed("dist/package/bundle/worker.mjs.sha256"), "utf8");
    expect(hash).toBe(`${ours.sha256}  worker.mjs\n`);
    const licences = await readFile(installed("dist/package/bundle/LICENSES.txt"), "utf8");
    expect(licences.match(/^@[\w/-]+$/gm)).toEqual(["@noble/hashes", "@queue-it/connector-javascript"]);
    expect(licences.match(/Permission is hereby granted/g)).toHaveLength(2);
  });

  it("has the command, which starts without a compiler of its own sources", async () => {
    const { version } = JSON.parse(await readFile(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
      readonly version: string;
    };
    expect(await queueitCf("--version")).toBe(`${version}\n`);
  });

  it("says so where it was packed before it was built", async () => {
    await mkdir(join(folder, "unbuilt/infra"), { recursive: true });
    const program = join(folder, "unbuilt/infra/queueit-cf.mjs");
    await cp(installed("infra/queueit-cf.mjs"), program);
    await expect(run(process.execPath, [program, "--version"])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("npm run package && npm pack"),
    });
  });

  it("is used in a folder of one's own: init, validate, synth", async () => {
    const zone = ["--hostname", "shop.tickets-and-more.dk", "--zone", "tickets-and-more.dk"];
    const account = ["--account", "5e1d0c4b3a29180716f5e4d3c2b1a090", "--customer-id", "ticketsandmore"];
    await queueitCf("init", "live", ...account, ...zone, "--no-fetch", "--yes");
    expect(await read("infra/environments/live.ts")).toContain('from "queueit-cloudflare/environment"');
    expect(await queueitCf("validate")).toContain("No problems in live.");
    expect(await queueitCf("synth")).toContain("cdktf.out/stacks/live");
    const stack = JSON.parse(await read("cdktf.out/stacks/live/cdk.tf.json")) as object;
    expect(JSON.stringify(stack)).toContain("shop.tickets-and-more.dk/*");
  });

  it("takes hooks of one's own into the Worker", async () => {
    await writeFile(join(folder, "hooks.ts"), HOOKS);
    const environment = await read("infra/environments/live.ts");
    const worker = 'worker: { source: "bundled", hooks: "hooks.ts" },';
    await writeFile(
      join(folder, "infra/environments/live.ts"),
      environment.replace("accountId:", `${worker}\n  accountId:`),
    );
    expect(await queueitCf("validate")).toContain("No problems in live.");
    await queueitCf("synth");
    expect(await read("cdktf.out/stacks/live/cdk.tf.json")).toContain("QUEUEIT_HOOKS");
  });
});
