import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { newFolder } from "../../support/new-folder.ts";

/** A store that knows the protocol of S3 well: signatures, regions, clocks, conditional writes. Apache-2.0. */
const PACKAGE = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";

/** Whether there is a Go to build it with. */
export const hasGo = (() => {
  try {
    return execFileSync("go", ["version"], { stdio: "pipe" }).length > 0;
  } catch {
    return false;
  }
})();
if (!hasGo) console.warn("SKIPPED: go is not on this machine, so no real object store was tried.");

const FOLDER = join(PACKAGE_ROOT, "node_modules/.cache/object-store");

/** Two minutes of CPU the first time; Go keeps what it built. */
async function build(): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const env = { ...process.env, GOBIN: FOLDER, GOTOOLCHAIN: "local", GOFLAGS: "-mod=mod" };
  await promisify(execFile)("go", ["install", PACKAGE], { env });
  return join(FOLDER, "versitygw");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

export const KEYS = { accessKeyId: "fake-access-key", secretAccessKey: "fake-secret-access-key" } as const;

/** An object store on this machine, with one bucket: `states`. */
export class VersityGateway {
  private constructor(
    readonly endpoint: string,
    readonly region: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(region: string, ...options: readonly string[]): Promise<VersityGateway> {
    const file = await build();
    const folder = await newFolder();
    await mkdir(join(folder, "states"));
    const port = await freePort();
    const child = spawn(
      file,
      ["--port", `127.0.0.1:${port}`, "--region", region, "--quiet", ...options, "posix", folder],
      {
        env: { ROOT_ACCESS_KEY_ID: KEYS.accessKeyId, ROOT_SECRET_ACCESS_KEY: KEYS.secretAccessKey },
        stdio: "ignore",
      },
    );
    const endpoint = `http://127.0.0.1:${port}`;
    await vi.waitFor(() => fetch(endpoint), { timeout: 60_000, interval: 20 });
    return new VersityGateway(endpoint, region, child);
  }

  async stop(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }
}
