import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { StateBackend, WorkerFile } from "../connector/specification.ts";

export interface DeployedBundle {
  readonly sha256: string;
  readonly format: "es-module" | "service-worker";
  readonly mainModule: string;
  readonly bytes: number;
  readonly deployedAt: string;
  readonly digest: string;
}

export interface BundleStore {
  readonly place: string;
  keep(file: WorkerFile): Promise<void>;
  take(sha256: string, folder: string): Promise<WorkerFile>;
  history(environment: string): Promise<readonly DeployedBundle[]>;
  record(environment: string, bundle: DeployedBundle): Promise<void>;
}

export function bundleStoreOf(
  backend: StateBackend,
  { projectRoot }: { projectRoot: string; environment: Readonly<Record<string, string | undefined>> },
): BundleStore {
  const place = join(projectRoot, backend.type === "local" ? dirname(backend.path) : ".", "bundles");
  const historyOf = async (environment: string): Promise<DeployedBundle[]> =>
    JSON.parse(await readFile(join(place, `${environment}.json`), "utf8").catch(() => "[]")) as DeployedBundle[];
  return {
    place,
    async keep(file) {
      await mkdir(place, { recursive: true });
      await copyFile(file.path, join(place, file.sha256));
    },
    async take(sha256, folder) {
      const path = join(folder, "worker.mjs");
      const bytes = await readFile(join(place, sha256));
      if (createHash("sha256").update(bytes).digest("hex") !== sha256) throw new Error("changed");
      await writeFile(path, bytes);
      return { path, sha256, format: "es-module" };
    },
    history: historyOf,
    async record(environment, bundle) {
      await writeFile(join(place, `${environment}.json`), JSON.stringify([bundle, ...(await historyOf(environment))]));
    },
  };
}
