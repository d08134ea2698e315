import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { synthesize } from "../../connector/synthesize.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { inTemporaryFolder } from "../../files/temporary-folder.ts";

export interface SynthesizedStack {
  /** The content of `cdk.tf.json`. */
  readonly json: unknown;
  /** Reads a Worker's file; the path is relative to the stack's folder. */
  readonly readFile: (path: string) => Promise<Uint8Array>;
}

/** As much of a stack as says which files it needs. */
const workers = z.object({
  resource: z
    .object({ cloudflare_workers_script: z.record(z.string(), z.object({ content_file: z.string() })) })
    .partial(),
});

/**
 * Synthesizes the stack of a specification, exactly as for Terraform, and leaves nothing of it on the disk.
 */
export async function readSynthesized(
  spec: ConnectorSpec,
  options: { readonly projectRoot: string; readonly destroyable?: boolean },
): Promise<SynthesizedStack> {
  return inTemporaryFolder("queueit-stack-", async (folder) => {
    const output = synthesize([spec], {
      projectRoot: options.projectRoot,
      outputFolder: folder,
      destroyable: options.destroyable === true ? spec.environment : undefined,
    });
    const stack = join(output, "stacks", spec.environment);
    const json: unknown = JSON.parse(await readFile(join(stack, "cdk.tf.json"), "utf8"));
    const { cloudflare_workers_script: scripts = {} } = workers.parse(json).resource;
    const files = new Map<string, Uint8Array>();
    for (const { content_file: path } of Object.values(scripts)) {
      files.set(path, await readFile(join(stack, path)));
    }
    return { json, readFile: (path) => readHeld(files, path) };
  });
}

function readHeld(files: ReadonlyMap<string, Uint8Array>, path: string): Promise<Uint8Array> {
  const file = files.get(path);
  return file === undefined
    ? Promise.reject(new Error(`The stack names no file ${path}.`))
    : Promise.resolve(file);
}
