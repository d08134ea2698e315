import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { installedPackage } from "../../support/installed-package.ts";
import { TERRAFORM } from "../../support/terraform.ts";
import type { Ran } from "./cli.ts";

const stateSchema = z.object({ resources: z.array(z.object({ name: z.string() })) });

/** Answers whatever asks, for as long as this process runs. @returns Its base URL. */
async function startAnswering(): Promise<string> {
  // An account that has nothing.
  const server = createServer(({ url = "" }, outgoing) => {
    if (url.endsWith("/settings")) outgoing.writeHead(404).end("{}");
    else outgoing.end('{"result":[]}');
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}/client/v4`;
}

const ENVIRONMENTS = "infra/environments";

/**
 * A copy of this project whose stack is another one: three objects that are built into Terraform, so that it
 * needs no provider. The second takes until it is told to go on.
 */
export class TerraformProject {
  private constructor(
    readonly folder: string,
    /** Path of `queueit-cf`, for `node`. */
    readonly command: string,
    /** Temporary directory of its commands, empty at first. */
    readonly temporary: string,
    /** A local Cloudflare that is only there. */
    readonly baseUrl: string,
    readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** @param variables Environment variables of its commands that are others than usual. */
  static async make(variables: Readonly<Record<string, string>> = {}): Promise<TerraformProject> {
    const root = await mkdtemp(join(tmpdir(), "test-project-"));
    const [folder, temporary] = [join(root, "project"), join(root, "tmp")];
    await mkdir(temporary);
    for (const name of ["environment", "production", "staging"])
      await cp(join(PACKAGE_ROOT, ENVIRONMENTS, `${name}.ts`), join(folder, ENVIRONMENTS, `${name}.ts`));
    const { command } = await installedPackage();
    const project = new TerraformProject(folder, command, temporary, await startAnswering(), variables);
    await project.setStack("staging");
    const wrapper = `#!/bin/sh\n[ "$1" = init ] && cp "$STACKS/\${PWD##*/}.json" cdk.tf.json\nexec ${TERRAFORM} "$@"\n`;
    await writeFile(project.#path("terraform"), wrapper, { mode: 0o755 });
    return project;
  }

  #path(name: string): string {
    return join(this.folder, name);
  }

  /** Gives an environment such a stack. @param outputs Of its state. */
  async setStack(environment: string, outputs: Readonly<Record<string, string>> = {}): Promise<void> {
    await mkdir(this.#path("stacks"), { recursive: true });
    const output = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]));
    // Terraform refuses an empty one.
    const stack = { ...this.#stack(environment), ...(Object.keys(output).length > 0 && { output }) };
    await writeFile(this.#path(`stacks/${environment}.json`), JSON.stringify(stack));
  }

  #stack(environment: string): object {
    const wait = `echo $PPID > ${this.#path("under-way")}; until [ -e ${this.#path("go-on")} ]; do sleep 0.05; done`;
    return {
      terraform: { backend: { local: { path: `../../terraform.${environment}.tfstate` } } },
      variable: { queueit_secret_key: { type: "string", sensitive: true } },
      resource: {
        terraform_data: {
          first: { input: "${var.queueit_secret_key}" },
          second: {
            depends_on: ["terraform_data.first"],
            provisioner: [{ "local-exec": { command: wait } }],
          },
          third: { depends_on: ["terraform_data.second"] },
        },
      },
    };
  }

  #variables(): Record<string, string> {
    return {
      PATH: process.env["PATH"] ?? "",
      HOME: this.folder,
      TMPDIR: this.temporary,
      CLOUDFLARE_API_TOKEN: "fake-token",
      CLOUDFLARE_BASE_URL: this.baseUrl,
      QUEUEIT_LOCAL_EDGE: "http://localhost:9",
      TF_VAR_queueit_secret_key: "fake-secret-key",
      TF_VAR_accept_example_values: "true",
      TERRAFORM_BINARY_NAME: this.#path("terraform"),
      COLUMNS: "100000",
      STACKS: this.#path("stacks"),
      ...this.variables,
    };
  }

  /** Starts a command of `queueit-cf`. */
  start(args: readonly string[], more: Readonly<Record<string, string>> = {}): Running {
    return this.startIn(process.execPath, [this.command, ...args], more);
  }

  /** Starts any program in the project's folder. */
  startIn(file: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Running {
    const options = { cwd: this.folder, env: { ...this.#variables(), ...more } };
    return new Running(spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Runs a command of `queueit-cf` to its end. */
  queueitCf(...args: readonly string[]): Promise<Ran> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: this.#variables() };
      const child = execFile(process.execPath, [this.command, ...args], options, (_error, stdout, stderr) => {
        resolve({ code: child.exitCode ?? -1, stdout, stderr });
      });
    });
  }

  /** Resolves when a file of the project is there, with its content. */
  untilWritten(name: string): Promise<string> {
    return vi.waitFor(async () => {
      const text = await readFile(this.#path(name), "utf8");
      if (text === "") throw new Error(`${name} is empty.`);
      return text;
    }, WAITING);
  }

  /** Resolves when the second object is under way, with the number of Terraform's process. */
  async untilUnderWay(): Promise<number> {
    return Number(await this.untilWritten("under-way"));
  }

  goOn(): Promise<void> {
    return writeFile(this.#path("go-on"), "");
  }

  get statePath(): string {
    return this.statePathOf("staging");
  }

  statePathOf(environment: string): string {
    return this.#path(`.queueit-local/terraform.${environment}.tfstate`);
  }

  /** Names of the objects in the state. */
  async state(environment = "staging"): Promise<readonly string[]> {
    const text = await readFile(this.statePathOf(environment), "utf8");
    const { resources } = stateSchema.parse(JSON.parse(text));
    return resources.map(({ name }) => name);
  }

  /** Resolves when the state has all three objects. */
  untilAllDone(): Promise<void> {
    return vi.waitFor(async () => {
      if ((await this.state()).length < 3) throw new Error("The apply has not ended.");
    }, WAITING);
  }

  /** What the commands have left in their temporary directory. */
  left(): Promise<readonly string[]> {
    return readdir(this.temporary);
  }

  async remove(): Promise<void> {
    await rm(join(this.folder, ".."), { recursive: true, force: true });
  }
}

const WAITING = { timeout: 120_000, interval: 50 };

/** A program that runs. */
export class Running {
  stdout = "";
  stderr = "";
  readonly #ended: Promise<unknown[]>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on("data", (text: Buffer) => (this.stdout += text.toString()));
    child.stderr?.on("data", (text: Buffer) => (this.stderr += text.toString()));
    this.#ended = once(child, "close");
  }

  /** Nobody reads its output any more. */
  stopReading(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  /** Its exit code, or the signal it died of. */
  async ended(): Promise<unknown> {
    const [code, signal] = await this.#ended;
    return code ?? signal;
  }
}
