import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalAccount } from "../../infra/local/cloudflare/account/account.ts";
import { startRuntime } from "../../infra/local/cloudflare/runtime/runtime.ts";
import { terraformEnvironment } from "../e2e/terraform-environment.ts";
import { type Exchange, planText, requireClean, schemaText, trafficText } from "./fixture-text.ts";
import {
  CONDITION_STACK,
  type RecordedPlace,
  WORKER_FILE,
  builtInStack,
  cloudflareStack,
} from "./recorded-stack.ts";
import { type RecordingApi, startRecordingApi } from "./recording-api.ts";
import { FIRST_SECRET, RECORDINGS, type Recording, type Setup } from "./recordings.ts";
import { TerraformRecorder } from "./terraform-recorder.ts";

export interface RecordOptions {
  /** Terraform or OpenTofu, by name or path. */
  readonly binary: string;
  /** The real provider's exact version, or Terraform's built-in objects, which need none and ask nobody. */
  readonly objects: { readonly provider: string } | "built-in";
  /** Environment variables of this process. */
  readonly inherited: Readonly<Record<string, string | undefined>>;
  /** Names of recordings. */
  readonly names: readonly string[];
  /** Gets each file as soon as it is complete: path below `test/fixtures/`, and text. */
  readonly write: (path: string, text: string) => Promise<void>;
}

/** The recording that stops at a condition needs no provider, whatever `objects` are. */
const CONDITION_FAILED = "condition-failed";

const PLACE: RecordedPlace & { readonly zone: string } = {
  accountId: "0123456789abcdef0123456789abcdef",
  zoneId: "fedcba9876543210fedcba9876543210",
  zone: "example.com",
};
const TOKEN = "local-only-token-of-the-recorder";

const CLOUDFLARE = "registry.terraform.io/cloudflare/cloudflare";
const BUILT_IN = "terraform.io/builtin/terraform";

/** What a connector can need of the provider. */
const SCHEMA_TYPES = {
  resources: [
    ...["cloudflare_workers_kv_namespace", "cloudflare_workers_kv", "cloudflare_workers_script"],
    ...["cloudflare_workers_route", "cloudflare_workers_cron_trigger", "cloudflare_workers_custom_domain"],
    "cloudflare_workers_script_subdomain",
  ],
  dataSources: ["cloudflare_zone", "cloudflare_zones"],
};

/** Every recording by name. */
export const NAMES: readonly string[] = [...RECORDINGS.map(({ name }) => name), CONDITION_FAILED];

/**
 * Records plans, the provider's calls and its schema, each recording on an account of its own.
 *
 * @throws StepFailed with Terraform's own words where it does not do what a recording needs.
 */
export async function record(options: RecordOptions): Promise<void> {
  for (const recording of RECORDINGS) {
    if (!options.names.includes(recording.name)) continue;
    if (options.objects === "built-in" && recording.byHand !== undefined) continue;
    await withTerraform(options, async (terraform, api, account) => {
      await recordOne(recording, options, { terraform, api, account });
    });
  }
  if (options.names.includes(CONDITION_FAILED))
    await withTerraform(options, (terraform) => recordCondition(terraform, options));
  await withTerraform(options, (terraform) => recordSchema(terraform, options));
}

interface Tools {
  readonly terraform: TerraformRecorder;
  readonly api: RecordingApi;
  readonly account: LocalAccount;
}

async function recordOne(recording: Recording, options: RecordOptions, tools: Tools): Promise<void> {
  const { name, before, after, byHand, destroys } = recording;
  const { terraform, api, account } = tools;
  if (before !== undefined) {
    const variables = await lay(before, options, terraform);
    await terraform.init();
    await terraform.plan(variables);
    await terraform.apply();
  }
  if (byHand !== undefined) await deleteProtectingRoute(account);
  const variables = await lay(after, options, terraform);
  if (before === undefined) await terraform.init();
  api.take();
  await terraform.plan(variables, ...(destroys === true ? ["-destroy"] : []));
  const plan = await terraform.show();
  await terraform.apply();
  // Its refresh belongs to the recording, and it has to be empty: otherwise the answers were not good enough.
  const isUnfinished = await terraform.plan(variables, ...(destroys === true ? ["-destroy"] : []));
  if (isUnfinished) throw new Error(`After ${name} the next plan is not empty.`);
  await keep(`plans/${name}.json`, planText(plan), options);
  const exchanges: readonly Exchange[] = api.take();
  if (options.objects !== "built-in") await keep(`traffic/${name}.jsonl`, trafficText(exchanges), options);
}

async function recordCondition(terraform: TerraformRecorder, options: RecordOptions): Promise<void> {
  await terraform.write({ "main.tf.json": JSON.stringify(CONDITION_STACK) });
  await terraform.init();
  await terraform.stoppedPlan({ TF_VAR_k: FIRST_SECRET, TF_VAR_acc: "true" });
  await keep(`plans/${CONDITION_FAILED}.json`, planText(await terraform.show()), options);
}

async function recordSchema(terraform: TerraformRecorder, options: RecordOptions): Promise<void> {
  const [first] = RECORDINGS;
  if (first === undefined) return;
  await lay(first.after, options, terraform);
  await terraform.init();
  const shown = await terraform.schemas();
  const text =
    options.objects === "built-in"
      ? schemaText(shown, BUILT_IN, "built-in", { resources: ["terraform_data"], dataSources: [] })
      : schemaText(
          shown,
          CLOUDFLARE,
          (await terraform.versionOf(CLOUDFLARE)) ?? options.objects.provider,
          SCHEMA_TYPES,
        );
  await keep("provider-schema.json", text, options);
}

/** Writes a set-up into Terraform's folder, and says with which variables it is planned. */
async function lay(
  { stack, secretKey }: Setup,
  { objects }: RecordOptions,
  terraform: TerraformRecorder,
): Promise<Readonly<Record<string, string>>> {
  const json = objects === "built-in" ? builtInStack(stack) : cloudflareStack(stack, PLACE, objects.provider);
  await terraform.write({ "main.tf.json": JSON.stringify(json), [WORKER_FILE]: stack.bundle.content });
  return { TF_VAR_queueit_secret_key: secretKey };
}

async function deleteProtectingRoute(account: LocalAccount): Promise<void> {
  const route = account.routes.find(({ script }) => script !== undefined);
  if (route === undefined) throw new Error("No route leads to the Worker.");
  await account.deleteRoute(route.id);
}

async function keep(path: string, text: string, { write }: RecordOptions): Promise<void> {
  await write(path, requireClean(path, text, [TOKEN]));
}

/** Terraform in a folder of its own, with an account of its own whose Workers run. */
async function withTerraform(
  { binary, inherited }: RecordOptions,
  work: (terraform: TerraformRecorder, api: RecordingApi, account: LocalAccount) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "test-record-"));
  const account = new LocalAccount(PLACE.accountId);
  account.addZone({ id: PLACE.zoneId, name: PLACE.zone });
  const runtime = await startRuntime({
    account,
    outbound: () => Promise.resolve(new Response(null, { status: 502 })),
    log: () => undefined,
  });
  const api = await startRecordingApi(account, TOKEN);
  try {
    const local = { CLOUDFLARE_BASE_URL: api.baseUrl, CLOUDFLARE_API_TOKEN: TOKEN };
    const variables = terraformEnvironment(inherited, local);
    await work(new TerraformRecorder(binary, folder, variables), api, account);
  } finally {
    await api.close();
    await runtime.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
