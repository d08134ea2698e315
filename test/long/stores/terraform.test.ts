import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { TerraformProject } from "../../infra/commands/terraform-project.ts";
import { newFolder } from "../../support/new-folder.ts";
import { Between } from "./between.ts";
import { KEYS, VersityGateway, hasGo } from "./versity-gateway.ts";
import { hasTerraform, TERRAFORM } from "../../support/terraform.ts";

const REGION = "eu-west-1";

interface Said {
  readonly code: number;
  readonly text: string;
}

describe.skipIf(!hasTerraform || !hasGo)("the state of Terraform in a real object store", () => {
  let store: VersityGateway;
  let between: Between;
  beforeAll(async () => {
    if (!hasTerraform || !hasGo) return;
    store = await VersityGateway.start(REGION);
    between = new Between(store.endpoint, REGION);
    await between.start();
  }, 600_000);
  afterAll(async () => {
    await between.stop();
    await store.stop();
  });
  beforeEach(() => {
    between.fault = () => undefined;
    between.dropsConditions = false;
    between.requests.length = 0;
  });

  /** A folder with a stack that waits for a file before its apply ends, and its state in the store. */
  async function stack(key: string) {
    const folder = await newFolder();
    const [underWay, goOn] = [join(folder, "under-way"), join(folder, "go-on")];
    const command = `echo x > ${underWay}; until [ -e ${goOn} ]; do sleep 0.05; done`;
    const backend = {
      s3: {
        bucket: "states",
        key,
        region: REGION,
        use_lockfile: true,
        use_path_style: true,
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
        skip_s3_checksum: true,
      },
    };
    const resource = { terraform_data: { only: { provisioner: [{ "local-exec": { command } }] } } };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify({ terraform: { backend }, resource }));
    const run = (...args: readonly string[]) =>
      new Promise<Said>((resolve) => {
        const env = {
          PATH: process.env["PATH"],
          HOME: folder,
          CHECKPOINT_DISABLE: "1",
          AWS_ENDPOINT_URL_S3: between.endpoint,
          AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
          AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
        };
        const child = execFile(TERRAFORM, [...args], { cwd: folder, env }, (_error, stdout, stderr) => {
          resolve({ code: child.exitCode ?? -1, text: stdout + stderr });
        });
      });
    const apply = () => run("apply", "-auto-approve", "-no-color", "-lock-timeout=0s");
    const untilUnderWay = () => vi.waitFor(() => readFile(underWay), { timeout: 60_000, interval: 20 });
    expect(await run("init", "-input=false", "-no-color")).toMatchObject({ code: 0 });
    return { apply, untilUnderWay, goOn: () => writeFile(goOn, "") };
  }

  it("is locked while one Terraform applies: the second is refused with who has it", async () => {
    const [first, second] = [await stack("locked.tfstate"), await stack("locked.tfstate")];
    const applied = first.apply();
    await first.untilUnderWay();
    const refused = await second.apply();
    await first.goOn();
    expect((await applied).code).toBe(0);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/Error acquiring the state lock[\s\S]*Who:/);
  });

  it("is not locked where the store takes no notice of conditions: this is what is told beforehand", async () => {
    between.dropsConditions = true;
    const [first, second] = [await stack("unlocked.tfstate"), await stack("unlocked.tfstate")];
    const applied = [first.apply()];
    await first.untilUnderWay();
    applied.push(second.apply());
    // It gets as far as the first, although that still applies.
    await second.untilUnderWay();
    await Promise.all([first.goOn(), second.goOn(), ...applied]);
  });

  it("is written in the end where the store is busy for a while", async () => {
    let busy = 0;
    between.fault = ({ method }) =>
      method === "PUT" && busy++ < 2 ? { kind: "answer", status: 503, code: "SlowDown" } : undefined;
    const only = await stack("busy.tfstate");
    await only.goOn();
    expect((await only.apply()).code).toBe(0);
    expect(busy).toBeGreaterThan(2);
  });

  /** A project whose staging has its state in the store. */
  async function projectInStore(): Promise<TerraformProject> {
    const project = await TerraformProject.make({
      // Beside a Cloudflare on this machine, the state would be on this machine, too. The real one is not asked: the
      // command ends before.
      CLOUDFLARE_BASE_URL: "",
      AWS_ENDPOINT_URL_S3: between.endpoint,
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    });
    const path = join(project.folder, "infra/environments/staging.ts");
    const text = await readFile(path, "utf8");
    const backend = `backend: { type: "s3", region: "${REGION}", bucket: "states", key: "project/s.tfstate" },`;
    await writeFile(path, text.replace("  sites: [", `  ${backend}\n  sites: [`));
    return project;
  }

  it("is not touched by a deploy where the lock does not lock", async () => {
    between.dropsConditions = true;
    const project = await projectInStore();
    const { code, stdout, stderr } = await project.queueitCf("deploy", "staging", "--yes");
    expect([code, stdout + stderr]).toEqual([1, expect.stringContaining("bucket-without-locks")]);
    expect(between.requests.filter((line) => line.includes(".tfstate"))).toEqual([]);
    await project.remove();
  });
});
