import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { type Server, createServer } from "node:http";
import { basename, join } from "node:path";
import { z } from "zod";
import type { LocalAccount } from "../../infra/local/cloudflare/account/account.ts";
import { holdPlan } from "../../infra/local/terraform/held-plan.ts";
import { readStack } from "../../infra/local/terraform/read-stack.ts";
import { NOTHING_DEPLOYED, type State } from "../../infra/local/terraform/state.ts";
import type { PlanMode, PlannedStack } from "../../infra/terraform/stack.ts";
import { newFolder } from "./new-folder.ts";

const callSchema = z.object({
  args: z.array(z.string()),
  folder: z.string(),
  variables: z.record(z.string(), z.string()),
});
type Call = z.infer<typeof callSchema>;

interface Answer {
  readonly code: number;
  readonly stdout: string;
}

const DONE: Answer = { code: 0, stdout: "" };

/** As much of a stack as says from which other one it reads. */
const sourceSchema = z.object({
  data: z
    .object({
      terraform_remote_state: z.record(z.string(), z.object({ config: z.object({ path: z.string() }) })),
    })
    .partial()
    .default({}),
});

/**
 * A program that the commands take for Terraform, for machines without the Cloudflare provider: this project's own
 * planner, on a local Cloudflare of this process. It knows the calls that `infra/terraform` makes, and keeps the
 * states in memory. `npm run e2e` is about the real one.
 */
export class PlanningTerraform {
  readonly #states = new Map<string, State>();
  readonly #plans = new Map<string, PlannedStack>();

  private constructor(
    private readonly account: LocalAccount,
    private readonly afterApply: () => Promise<void>,
    private readonly server: Server,
    /** For `TERRAFORM_BINARY_NAME`. */
    readonly file: string,
  ) {}

  static async start(account: LocalAccount, afterApply: () => Promise<void>): Promise<PlanningTerraform> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (typeof address !== "object" || address === null) throw new Error("There is no port.");
    const file = join(await newFolder(), "terraform");
    await writeFile(file, program(address.port), { mode: 0o755 });
    const terraform = new PlanningTerraform(account, afterApply, server, file);
    server.on("request", (incoming, outgoing) => {
      incoming.setEncoding("utf8");
      let text = "";
      incoming.on("data", (part: string) => (text += part));
      incoming.on("end", () => {
        void terraform
          .#answer(callSchema.parse(JSON.parse(text)))
          .catch((error: unknown): Answer => ({ code: 1, stdout: diagnostic(String(error)) }))
          .then((answer) => outgoing.end(JSON.stringify(answer)));
      });
    });
    return terraform;
  }

  async #answer(call: Call): Promise<Answer> {
    const [verb = ""] = call.args;
    const last = call.args.at(-1) ?? "";
    switch (verb) {
      case "version":
        return { code: 0, stdout: JSON.stringify({ terraform_version: "1.11.4" }) };
      case "init":
        return DONE;
      case "plan":
        return this.#plan(call);
      case "show":
        return { code: 0, stdout: this.#held(last).json };
      case "apply": {
        const outcome = await this.#held(last).apply();
        return outcome.ok ? DONE : { code: 1, stdout: diagnostic(outcome.reason) };
      }
      case "output":
        return { code: 0, stdout: JSON.stringify(Object.fromEntries(this.#state(call).outputs)) };
      default:
        throw new Error(`terraform ${verb} is not known here`);
    }
  }

  async #plan(call: Call): Promise<Answer> {
    const file = call.args.find((arg) => arg.startsWith("-out="))?.slice("-out=".length) ?? "";
    const mode: PlanMode = call.args.includes("-destroy")
      ? "destroy"
      : call.args.includes("-refresh-only")
        ? "refresh-only"
        : "apply";
    const json: unknown = JSON.parse(await readFile(join(call.folder, "cdk.tf.json"), "utf8"));
    const variables = Object.entries(call.variables).filter(([name]) => name.startsWith("TF_VAR_"));
    const stack = readStack(
      json,
      Object.fromEntries(variables.map(([name, value]) => [name.slice("TF_VAR_".length), value])),
    );
    const environment = basename(call.folder);
    const planned = await holdPlan(mode, {
      stack,
      readFile: (path) => readFile(join(call.folder, path)),
      account: this.account,
      held: () => this.#state(call),
      keep: (state) => void this.#states.set(environment, state),
      remoteState: () => this.#states.get(earlierEnvironment(json)),
      interfere: undefined,
      afterApply: this.afterApply,
    });
    this.#plans.set(file, planned);
    await writeFile(file, "a plan");
    return planned.failure === undefined ? DONE : { code: 1, stdout: diagnostic(planned.failure) };
  }

  #state({ folder }: Call): State {
    return this.#states.get(basename(folder)) ?? NOTHING_DEPLOYED;
  }

  #held(file: string): PlannedStack {
    const plan = this.#plans.get(file);
    if (plan === undefined) throw new Error(`There is no plan ${file}.`);
    return plan;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

/** The environment whose state the stack reads: it is in the file's name. Empty where it reads none. */
function earlierEnvironment(json: unknown): string {
  const states = Object.values(sourceSchema.parse(json).data.terraform_remote_state ?? {});
  return states.map(({ config }) => /terraform\.(.+)\.tfstate$/.exec(config.path)?.[1] ?? "")[0] ?? "";
}

/** As Terraform writes an error with `-json`. */
function diagnostic(summary: string): string {
  const error = { severity: "error", summary, detail: "" };
  return `${JSON.stringify({ "@message": `Error: ${summary}`, type: "diagnostic", diagnostic: error })}\n`;
}

/** Passes a call on to this process. */
function program(port: number): string {
  return `#!${process.execPath}
const call = { args: process.argv.slice(2), folder: process.cwd(), variables: process.env };
fetch("http://127.0.0.1:${port}/", { method: "POST", body: JSON.stringify(call) })
  .then((response) => response.json())
  .then(({ code, stdout }) => {
    process.stdout.write(stdout);
    process.exitCode = code;
  });
`;
}
