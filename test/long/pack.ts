import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { newFolder } from "../support/new-folder.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Absolute path of what npm packs of this checkout. */
    readonly tarball: string;
  }
}

const run = promisify(execFile);

/** Packs this checkout once for a whole run: two test files at it at once would take each other's output away. */
export default async function pack(project: TestProject): Promise<void> {
  const folder = await newFolder();
  await run("npm", ["run", "package"], { cwd: PACKAGE_ROOT });
  await run("npm", ["pack", "--pack-destination", folder], { cwd: PACKAGE_ROOT });
  const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  project.provide("tarball", join(folder, tarball));
}
