import { CONFIGURATION_KEY } from "../../../worker/deployment/variables.ts";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleStoreOf } from "../../../infra/bundles/bundle-store.ts";
import type { BundleStore } from "../../../infra/bundles/stored-bundles.ts";
import { existingObjects } from "../../../infra/account/existing-objects.ts";
import type { CloudflareAccess } from "../../../infra/account/read-api.ts";
import { importsOf } from "../../../infra/connector/imports.ts";
import type { WorkerFile } from "../../../infra/specification/specification.ts";
import type { Console } from "../../../infra/console/console.ts";
import { type Deployed, type DeployOptions, deploy } from "../../../infra/deploy/deploy.ts";
import { type Target, deployable, pickTarget } from "../../../infra/specification/target.ts";
import { untilAnswered } from "../../../infra/deploy/until-answered.ts";
import type { OpenStack } from "../../../infra/terraform/stack.ts";
import { type LocalStacksOptions, localStacks } from "../../../infra/local/terraform/local-stacks.ts";
import { type LocalServer, startLocalServer } from "../../../infra/local/server/local-server.ts";
import { asTerraformVariables } from "../../../infra/local/server/local-secrets.ts";
import type { Review } from "../../../infra/plan/review.ts";
import { readTargets } from "../../../infra/project/targets.ts";
import type { Check } from "../../../infra/verify/check.ts";
import { findConnector } from "../../../infra/verify/find-connector.ts";
import { reachLocalEdge } from "../../../infra/local/server/reach-local-edge.ts";
import type { Reach } from "../../../infra/verify/reach.ts";
import { verify } from "../../../infra/verify/verify.ts";

/** Visitors let in per minute: these tests are not about waiting. */
const OUTFLOW = 6000;

/**
 * The environments that ship, a local Cloudflare to deploy them to, and its own deployer in the place of
 * Terraform. Everything else is what the commands use.
 */
export class World {
  /** What the console was told, in order. */
  readonly said: string[] = [];
  /** What the next question gets for an answer. */
  answer: boolean | string = false;
  /** Whether there is somebody who can be asked. */
  hasTerminal = true;
  /** The plan that was reported last. */
  review: Review | undefined;

  private constructor(
    readonly server: LocalServer,
    readonly staging: Target,
    readonly production: Target,
    readonly open: OpenStack,
    readonly store: BundleStore,
    readonly reach: Reach,
    readonly variables: Record<string, string>,
  ) {}

  /** @param targets Staging and production; those that ship where they are left out. */
  static async start(
    options: Pick<LocalStacksOptions, "interfere"> = {},
    targets?: readonly Target[],
  ): Promise<World> {
    const used = targets ?? (await readTargets()).targets;
    const local = { CLOUDFLARE_BASE_URL: "http://localhost" };
    const staging = deployable(pickTarget(used, "staging"), local);
    const production = deployable(pickTarget(used, "production"), local);
    const server = await startLocalServer({
      environments: [staging, production],
      port: 0,
      apiPort: 0,
      outflow: OUTFLOW,
      log: () => undefined,
    });
    const variables = { ...asTerraformVariables(server.secrets), accept_example_values: "true" };
    const projectRoot = await mkdtemp(join(tmpdir(), "test-walk-"));
    return new World(
      server,
      staging,
      production,
      localStacks({ account: server.account, variables, afterApply: server.deployed, ...options }),
      await bundleStoreOf(staging.spec.backend, { projectRoot, variables: {} }),
      reachLocalEdge(Number(new URL(server.dashboardUrl).port)),
      variables,
    );
  }

  get secretKey(): string {
    return this.variables["queueit_secret_key"] ?? "";
  }

  /** How the account's management API is reached. */
  get account(): CloudflareAccess {
    const { apiUrl: baseUrl, token } = this.server;
    return { baseUrl, token };
  }

  readonly console: Console = {
    print: (text) => void this.said.push(text),
    say: (text) => void this.said.push(text),
    progress: (line) => void this.said.push(line),
    canAsk: () => this.hasTerminal,
    confirm: (question) => {
      this.said.push(question);
      return Promise.resolve(this.answer === true);
    },
    ask: (question) => {
      this.said.push(question);
      return Promise.resolve(typeof this.answer === "string" ? this.answer : "");
    },
  };

  deploy(target: Target, options: Partial<DeployOptions> = {}): Promise<Deployed> {
    const { open, store, reach, secretKey, console } = this;
    return deploy({
      target,
      open,
      store,
      console,
      approval: { reviewed: undefined, yes: true },
      extras: {},
      findConnector: () => findConnector(target, reach),
      imports: (addresses) => this.imports(target, addresses),
      report: (review) => {
        this.review = review;
      },
      untilAnswered: () => untilAnswered({ target, reach, secretKey, console, patienceMs: 120_000 }),
      ...options,
    });
  }

  /** What the account has of the objects at these addresses, as they are imported. */
  async imports({ spec }: Target, addresses: ReadonlySet<string>): Promise<readonly string[]> {
    const imports = importsOf(spec, await existingObjects(spec, this.account));
    return imports.filter(({ to }) => addresses.has(to)).map(({ to, id }) => `import ${to} ${id}`);
  }

  /**
   * What staging's KV namespace holds under the key of the integration configuration, for a hand that edits
   * it.
   */
  get kv() {
    const { account } = this.server;
    const namespace = () => {
      const found = account.namespaces.find(({ title }) => title === this.staging.spec.namespace.title);
      if (found === undefined) throw new Error("Staging has no KV namespace.");
      return found.id;
    };
    return {
      read: async () =>
        Buffer.from((await account.getValue(namespace(), CONFIGURATION_KEY)).bytes).toString(),
      write: (text: string) => account.putValue(namespace(), CONFIGURATION_KEY, { bytes: Buffer.from(text) }),
      remove: () => account.deleteValue(namespace(), CONFIGURATION_KEY),
    };
  }

  async verify(
    target: Target,
    bundle: string | undefined,
    account: CloudflareAccess = this.account,
  ): Promise<readonly Check[]> {
    const { reach, secretKey } = this;
    const checks: Check[] = [];
    for await (const check of verify({ target, reach, secretKey, bundle, account })) checks.push(check);
    return checks;
  }

  async close(): Promise<void> {
    await this.reach.close();
    await this.server.close();
  }
}

/** The same Worker with other bytes. */
export async function anotherBundle({ path, format }: WorkerFile, note: string): Promise<WorkerFile> {
  const bytes = Buffer.concat([await readFile(path), Buffer.from(`\n// ${note}\n`)]);
  const other = join(await mkdtemp(join(tmpdir(), "test-bundle-")), "worker.mjs");
  await writeFile(other, bytes);
  return { path: other, format, sha256: createHash("sha256").update(bytes).digest("hex") };
}
