import { join } from "node:path";
import { CloudflareProvider } from "@cdktf/provider-cloudflare/lib/provider/index.js";
import { type App, Op, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { type Folders, keepStateIn, readStateOf } from "./backend.ts";
import { importsOf } from "./imports.ts";
import { literal } from "./literal.ts";
import { QueueItConnector } from "./queue-it-connector.ts";
import { type ConnectorSpec, publishUrlOf } from "../specification/specification.ts";
import { ACCEPT_EXAMPLE_VALUES } from "../specification/bindings.ts";
import { OUTPUTS, type OutputName } from "../specification/outputs.ts";
import { QUEUE_IT } from "../variables/deploying.ts";

export interface ConnectorStackOptions {
  readonly spec: ConnectorSpec;
  /** Absolute folder that local state paths are relative to. */
  readonly projectRoot: string;
  /**
   * Whether Terraform may destroy the KV namespace.
   * @default false
   */
  readonly destroyable?: boolean;
}

/** One environment as one stack, named like the environment. */
export class ConnectorStack extends TerraformStack {
  constructor(app: App, { spec, projectRoot, destroyable = false }: ConnectorStackOptions) {
    super(app, spec.environment);
    const folders = { projectRoot, stackFolder: join(app.outdir, "stacks", spec.environment) };

    keepStateIn(this, spec.backend, folders);
    // The token comes from CLOUDFLARE_API_TOKEN: an empty provider block keeps it out of the configuration.
    new CloudflareProvider(this, "cloudflare");
    refuseExampleValues(this, spec);

    const connector = new QueueItConnector(this, "queueit", { spec, destroyable });
    // Terraform fails over an import block whose object is gone, also where it is there to destroy the rest.
    if (spec.adopted !== undefined && !destroyable)
      this.addOverride("import", [...importsOf(spec, spec.adopted)]);
    requirePromotion(this, connector, spec, folders);
    addOutputs(this, connector, spec);
  }
}

/** A plan, and so a deploy, stops while example values are left; synth and the preview go on. */
function refuseExampleValues(stack: TerraformStack, { environment, exampleValues }: ConnectorSpec): void {
  if (exampleValues.length === 0) return;
  const variable = new TerraformVariable(stack, ACCEPT_EXAMPLE_VALUES, {
    type: "bool",
    default: false,
    nullable: false,
    description: QUEUE_IT.TF_VAR_accept_example_values.meaning,
  });
  variable.addValidation({
    condition: variable.booleanValue,
    errorMessage: literal(
      `The environment ${environment} still has example values: ${exampleValues.join("; ")}. ` +
        `Replace them in infra/environments/${environment}.ts, then plan again.`,
    ),
  });
}

/**
 * The Worker is only planned where the environment it is promoted from runs the same bundle. The hash comes
 * from the deployed script's own attribute, so an apply that failed halfway does not count.
 */
function requirePromotion(
  stack: TerraformStack,
  connector: QueueItConnector,
  spec: ConnectorSpec,
  folders: Folders,
): void {
  if (spec.promotedFrom === undefined) return;
  const { environment, backend } = spec.promotedFrom;
  const state = readStateOf(stack, `state_of_${environment}`, backend, folders, {
    bundle_sha256: "no bundle yet",
  });
  const running = state.getString("bundle_sha256");
  connector.worker.lifecycle = {
    precondition: [
      {
        condition: Op.eq(running, spec.worker.file.sha256),
        errorMessage:
          `${spec.environment} only gets a bundle that ${environment} runs. This one is ` +
          `${spec.worker.file.sha256}, ${environment} runs ${running}: deploy it to ${environment} first.`,
      },
    ],
  };
}

function addOutputs(stack: TerraformStack, connector: QueueItConnector, spec: ConnectorSpec): void {
  const publishUrl = publishUrlOf(spec);
  const values: Readonly<Partial<Record<OutputName, unknown>>> = {
    kv_namespace_id: connector.namespace.id,
    worker_name: connector.worker.scriptName,
    bundle_sha256: connector.worker.contentSha256,
    routes: connector.routes.map((route) => route.pattern),
    ...(publishUrl !== undefined && { publish_url: publishUrl }),
  };
  for (const [name, value] of Object.entries(values)) {
    const description = OUTPUTS[name as OutputName];
    new TerraformOutput(stack, `output_${name}`, { value, description }).overrideLogicalId(name);
  }
}
