import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** A provider as a stack asks for it. */
export interface RequiredProvider {
  /** Namespace and type, for example `cloudflare/cloudflare`. */
  readonly source: string;
  readonly version: string;
}

const stackSchema = z.object({
  terraform: z.object({
    required_providers: z.object({ cloudflare: z.object({ source: z.string(), version: z.string() }) }),
  }),
});

/** The Cloudflare provider that a synthesized stack asks for; undefined where it cannot be told. */
export function requiredProvider(stackFolder: string): RequiredProvider | undefined {
  try {
    const text = readFileSync(join(stackFolder, "cdk.tf.json"), "utf8");
    return stackSchema.parse(JSON.parse(text)).terraform.required_providers.cloudflare;
  } catch {
    return undefined;
  }
}

const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };
const PROCESSORS: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * Where Terraform looks for a provider that somebody has put there.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
export function pluginFolder(provider: RequiredProvider | undefined): string {
  const root =
    process.platform === "win32" ? String.raw`%APPDATA%\terraform.d\plugins` : "~/.terraform.d/plugins";
  if (provider === undefined) return root;
  const { source, version } = provider;
  const machine = `${SYSTEMS[process.platform] ?? process.platform}_${PROCESSORS[process.arch] ?? process.arch}`;
  return `${root}/registry.terraform.io/${source}/${version}/${machine}`;
}
