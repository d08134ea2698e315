import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { buildBundle } from "../../infra/bundles/build-bundle.ts";
import { HASH_FILE, PREBUILT_FOLDER, hashLine } from "../../infra/bundles/prebuilt-bundle.ts";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { compile, copyAssets } from "../../infra/project/compile-package.ts";
import { newFolder } from "./new-folder.ts";

/**
 * The program `queueit-cf` as npm installs it, for tests that need a process of its own: compiled of the sources
 * that are here now, it starts in a third of the CPU time that a checkout takes.
 */
export interface InstalledPackage {
  readonly folder: string;
  /** Path of the command, for `node`. */
  readonly command: string;
}

let installed: Promise<InstalledPackage> | undefined;

/** The one of this test process, made when the first test asks for it. */
export function installedPackage(): Promise<InstalledPackage> {
  return (installed ??= install());
}

async function install(): Promise<InstalledPackage> {
  const folder = await newFolder();
  const output = join(folder, "dist/package");
  await Promise.all([compile(output), buildPrebuilt(join(folder, PREBUILT_FOLDER))]);
  copyAssets(output);
  const command = join(folder, "infra/queueit-cf.mjs");
  await mkdir(join(folder, "infra"));
  await cp(join(PACKAGE_ROOT, "infra/queueit-cf.mjs"), command);
  await cp(join(PACKAGE_ROOT, "package.json"), join(folder, "package.json"));
  await cp(join(PACKAGE_ROOT, "worker"), join(folder, "worker"), { recursive: true });
  await symlink(join(PACKAGE_ROOT, "node_modules"), join(folder, "node_modules"));
  return { folder, command };
}

async function buildPrebuilt(folder: string): Promise<void> {
  const { sha256 } = await buildBundle(folder);
  await writeFile(join(folder, HASH_FILE), hashLine(sha256));
}
