import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { findTerraform } from "../terraform/binary.ts";
import { pluginFolder, requiredProvider } from "../terraform/required-provider.ts";
import { reasonOf } from "./diagnose.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { Variables } from "../variables/command-variables.ts";

/** As in package.json. */
const OLDEST_NODE = [20, 19] as const;

/** @param version As Node says it, without its v. */
export function checkNode(version: string): readonly Finding[] {
  const { ok, problem } = findingsOf("node");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNew = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return [
    isNew
      ? ok(`Node.js ${version}`)
      : problem(
          `Node.js ${version} is too old: this project needs ${OLDEST_NODE.join(".")}`,
          `install Node.js ${OLDEST_NODE.join(".")} or later`,
        ),
  ];
}

export async function checkTerraform(variables: Variables): Promise<readonly Finding[]> {
  const { name, file } = await findTerraform(variables);
  return [findingsOf("terraform").ok(`${name}, as ${file}`)];
}

/** Where `terraform init` asks for the provider. */
const REGISTRY = "https://registry.terraform.io/v1/providers/cloudflare/cloudflare/versions";
const TIMEOUT_MS = 10_000;

export interface ProviderQuestions {
  readonly variables: Variables;
  /** Where the stacks are synthesized to: `…/stacks/<environment>`. */
  readonly stackFolders: readonly string[];
  /**
   * Where versions of the provider are listed.
   * @default Terraform's registry
   */
  readonly registry?: string;
}

/** Whether Terraform's provider is on this machine, in a mirror, or can be fetched. */
export async function checkProvider(questions: ProviderQuestions): Promise<readonly Finding[]> {
  const { variables, stackFolders, registry = REGISTRY } = questions;
  const { ok, problem, notTried } = findingsOf("provider");
  const providers = ".terraform/providers/registry.terraform.io/cloudflare/cloudflare";
  const installed = stackFolders.find((folder) => existsSync(join(folder, providers)));
  if (installed !== undefined) return [ok(`the Cloudflare provider is installed in ${installed}`)];
  const mirror = await mirrorIn(variables);
  if (mirror !== undefined) {
    return [
      notTried(
        `${mirror} sets where providers come from; whether this one is there, terraform init will tell`,
      ),
    ];
  }
  const home = variables.HOME ?? "";
  const known = stackFolders.map(requiredProvider).find((provider) => provider !== undefined);
  const implied = join(home, ".terraform.d/plugins/registry.terraform.io/cloudflare/cloudflare");
  if (existsSync(implied)) return [ok(`the Cloudflare provider is in ${implied}`)];
  const answer = await fetch(registry, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(reasonOf);
  if (typeof answer !== "string") await answer.body?.cancel();
  const why = typeof answer === "string" ? answer : answer.ok ? undefined : `it answered ${answer.status}`;
  if (why === undefined) return [ok("the registry that the Cloudflare provider comes from answers")];
  return [
    problem(
      `the Cloudflare provider is not on this machine, and ${new URL(registry).host} cannot be asked for it: ${why}`,
      `let this machine reach it, use a mirror (provider_installation), or put the provider into ${pluginFolder(known)}`,
    ),
  ];
}

/** The file of Terraform's own settings that says where providers come from. */
async function mirrorIn(variables: Variables): Promise<string | undefined> {
  const { TF_CLI_CONFIG_FILE: named = "", HOME: home = "" } = variables;
  for (const file of [named, join(home, ".terraformrc"), join(home, ".tofurc")]) {
    const text = file === "" ? "" : await readFile(file, "utf8").catch(() => "");
    if (/\bprovider_installation\b/.test(text)) return file;
  }
  return undefined;
}

/** Seconds that a clock may be off before it is worth a word, and before signatures and tokens are refused. */
const SLIGHT = 30;
const GRAVE = 300;

/**
 * This machine's clock beside Cloudflare's, and whether Cloudflare answers at all. No token is sent.
 *
 * @param baseUrl Of the management API.
 */
export async function checkClock(baseUrl: string, now = () => Date.now()): Promise<readonly Finding[]> {
  const api = findingsOf("cloudflare");
  const { ok, warning, problem, notTried } = findingsOf("clock");
  const before = now();
  const answer = await fetch(`${baseUrl}/user/tokens/verify`, {
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(reasonOf);
  const { host } = new URL(baseUrl);
  if (typeof answer === "string") {
    return [
      api.problem(
        `Cloudflare's API does not answer at ${host}: ${answer}`,
        "look at the network and its proxy, and at CLOUDFLARE_BASE_URL where it is set; for the local " +
          "Cloudflare, start it: npx queueit-cf local",
      ),
      notTried("the clock: nothing answered whose time it could be compared with"),
    ];
  }
  await answer.body?.cancel();
  const answers = api.ok(`Cloudflare's API answers at ${host}`);
  const date = Date.parse(answer.headers.get("date") ?? "");
  if (Number.isNaN(date)) return [answers, notTried("the clock: Cloudflare's answer has no date")];
  // The date has whole seconds, and was written somewhere between the two.
  const [least, most] = [before - (date + 999), now() - date];
  const off = Math.round((least > 0 ? least : Math.min(most, 0)) / 1000);
  const words = `this machine's clock is ${Math.abs(off)} seconds ${off > 0 ? "ahead of" : "behind"} Cloudflare's`;
  if (Math.abs(off) < SLIGHT) return [answers, ok("this machine's clock agrees with Cloudflare's")];
  const fix = "set the clock, or switch on its synchronization (NTP)";
  return [
    answers,
    Math.abs(off) < GRAVE
      ? warning(words, fix)
      : problem(`${words}: signed requests and tokens of Queue-it are refused`, fix),
  ];
}
