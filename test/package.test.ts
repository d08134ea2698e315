import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../infra/bundles/build-bundle.ts";
import { PACKAGE_ROOT } from "../infra/files/package-root.ts";

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
const workerFile = await buildBundle(import.meta.dirname + "/dist");
const spec = specify({ named, all: [named], workerFile, readConfiguration: () => "{}" });
const app = new App({ outdir: "cdktf.out" });
new ConnectorStack(app, { spec, projectRoot: import.meta.dirname });
app.synth();
`;

describe("the npm package", () => {
  let folder: string;

  beforeAll(async () => {
    await mkdir(join(PACKAGE_ROOT, "dist"), { recursive: true });
    // Inside the project, so that the app finds cdktf as it would in its own node_modules.
    folder = await mkdtemp(join(PACKAGE_ROOT, "dist", "consumer-"));
    await run("npm", ["run", "package"], { cwd: PACKAGE_ROOT });
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: PACKAGE_ROOT,
    });
    const [packed] = JSON.parse(stdout.slice(stdout.indexOf("["))) as { filename: string }[];
    const installed = join(folder, "node_modules", "queueit-cloudflare");
    await mkdir(installed, { recursive: true });
    await run("tar", ["-xzf", join(folder, packed?.filename ?? ""), "-C", installed, "--strip-components=1"]);
    await writeFile(join(folder, "package.json"), '{ "name": "another-app", "type": "module" }');
    await writeFile(join(folder, "app.mjs"), APP);
    await run("node", ["app.mjs"], { cwd: folder });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("gives another CDKTF app, in plain JavaScript, the whole connector", async () => {
    const json = JSON.parse(await readFile(join(folder, "cdktf.out/stacks/live/cdk.tf.json"), "utf8")) as {
      resource: object;
    };
    expect(Object.keys(json.resource).sort()).toEqual([
      "cloudflare_workers_kv",
      "cloudflare_workers_kv_namespace",
      "cloudflare_workers_route",
      "cloudflare_workers_script",
    ]);
  });

  it("builds the same Worker as this project", async () => {
    const ours = await readFile((await buildBundle(join(folder, "ours"))).path);
    expect(ours.equals(await readFile(join(folder, "dist", "worker.mjs")))).toBe(true);
  });
});
