import "./node-for-cdktf.ts";
import { DataCloudflareZone } from "@cdktf/provider-cloudflare/lib/data-cloudflare-zone/index.js";
import { WorkersCronTrigger } from "@cdktf/provider-cloudflare/lib/workers-cron-trigger/index.js";
import { WorkersKv } from "@cdktf/provider-cloudflare/lib/workers-kv/index.js";
import { WorkersKvNamespace } from "@cdktf/provider-cloudflare/lib/workers-kv-namespace/index.js";
import { WorkersRoute } from "@cdktf/provider-cloudflare/lib/workers-route/index.js";
import {
  WorkersScript,
  type WorkersScriptBindings,
} from "@cdktf/provider-cloudflare/lib/workers-script/index.js";
import {
  Fn,
  type Precondition,
  TerraformAsset,
  type TerraformElement,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import { Construct } from "constructs";
import { CONFIGURATION_KEY } from "../../worker/deployment/variables.ts";
import { DEFAULT_SERVICE_ENVIRONMENT } from "../cloudflare/service-environment.ts";
import { literal } from "./literal.ts";
import { routeName, zoneLookupName } from "./logical-names.ts";
import { SECRET_FORM } from "../secrets/secret-form.ts";
import { scriptOf } from "../specification/with-switches.ts";
import type { Binding, ConnectorSpec, RouteSpec, WorkerFile } from "../specification/specification.ts";

export interface QueueItConnectorOptions {
  /** What to deploy. `specify()` makes one from an environment. */
  readonly spec: ConnectorSpec;
  /**
   * Whether Terraform may destroy the KV namespace, and with it the integration configuration.
   * @default false
   */
  readonly destroyable?: boolean;
}

/**
 * The Queue-it connector on Cloudflare: the five steps of its manual set-up, and the routes.
 * It needs a Cloudflare provider in its stack. Logical ids are made of the construct's path and a fixed name
 * each, so that a change of the constructs can never destroy and recreate a namespace unseen.
 */
export class QueueItConnector extends Construct {
  readonly namespace: WorkersKvNamespace;
  readonly configuration: WorkersKv;
  readonly worker: WorkersScript;
  readonly routes: readonly WorkersRoute[];

  readonly #spec: ConnectorSpec;

  constructor(scope: Construct, id: string, { spec, destroyable = false }: QueueItConnectorOptions) {
    super(scope, id);
    this.#spec = spec;
    this.namespace = this.createNamespace(destroyable);
    this.configuration = this.createConfiguration();
    this.worker = this.createWorker(this.createBindings());
    this.createSchedule();
    const bypassed = this.createRoutes("bypass", []);
    this.routes = [...bypassed, ...this.createRoutes("protect", bypassed)];
  }

  /** Step 1: the KV namespace. Losing it loses the configuration, so Terraform refuses to destroy it. */
  private createNamespace(destroyable: boolean): WorkersKvNamespace {
    const precondition = this.secretConditions();
    return this.named(
      "integration_config",
      new WorkersKvNamespace(this, "namespace", {
        accountId: this.#spec.accountId,
        title: literal(this.#spec.namespace.title),
        lifecycle: { preventDestroy: !destroyable, ...(precondition.length > 0 && { precondition }) },
      }),
    );
  }

  /**
   * Step 5, ahead of the Worker: KV answers a miss for a minute after it was asked too early, so the
   * configuration has to be there before anybody asks.
   */
  private createConfiguration(): WorkersKv {
    const { configuration } = this.#spec;
    const value = configuration.owner === "file" ? configuration.value : configuration.seed;
    return this.named(
      "configuration",
      new WorkersKv(this, "configuration", {
        accountId: this.#spec.accountId,
        namespaceId: this.namespace.id,
        keyName: CONFIGURATION_KEY,
        value: literal(value),
        ...(configuration.owner !== "file" && { lifecycle: { ignoreChanges: ["value"] } }),
      }),
    );
  }

  /** Steps 3 and 4: variables, secrets and the namespace binding, in the order of the specification. */
  private createBindings(): WorkersScriptBindings[] {
    return this.#spec.worker.bindings.map((binding) => this.terraformBinding(binding));
  }

  private terraformBinding(binding: Binding): WorkersScriptBindings {
    switch (binding.type) {
      case "kv_namespace":
        return { type: binding.type, name: binding.name, namespaceId: this.namespace.id };
      case "plain_text":
        return { type: binding.type, name: binding.name, text: literal(binding.text) };
      case "secret_text":
        return {
          type: binding.type,
          name: binding.name,
          text: this.secretVariable(binding.variable).stringValue,
        };
      case "secrets_store_secret":
        return {
          type: binding.type,
          name: binding.name,
          storeId: binding.storeId,
          secretName: literal(binding.secretName),
        };
      case "service":
        return {
          type: binding.type,
          name: binding.name,
          service: binding.service,
          // Cloudflare fills it in and tells it: left out, every plan would take it away again.
          environment: DEFAULT_SERVICE_ENVIRONMENT,
        };
    }
  }

  /** A secret enters as a sensitive variable without default: synth never sees its value. */
  private secretVariable(name: string): TerraformVariable {
    const stack = TerraformStack.of(this);
    const existing = stack.node.tryFindChild(name);
    if (existing instanceof TerraformVariable) return existing;
    const description = this.#spec.secretVariables.find((variable) => variable.name === name)?.description;
    return new TerraformVariable(stack, name, {
      type: "string",
      sensitive: true,
      nullable: false,
      ...(description === undefined ? {} : { description }),
    });
  }

  /**
   * Terraform plans nothing that the Worker would read otherwise than it is uploaded. These are conditions of
   * the first resource, and not of the variables: Terraform 1.11.4 prints the value of a sensitive variable
   * that does not hold its own condition, and none here.
   */
  private secretConditions(): Precondition[] {
    // CDKTF quotes the text, but leaves a backslash as it is.
    const form = SECRET_FORM.replaceAll("\\", "\\\\");
    const names = this.#spec.worker.bindings.flatMap((binding) =>
      binding.type === "secret_text" ? [binding.variable] : [],
    );
    return [...new Set(names)].map((name) => ({
      condition: Fn.can(Fn.regex(form, this.secretVariable(name).stringValue) as string),
      errorMessage:
        `${name} is empty, or has white space, quotes or an invisible character around or in it. Set ` +
        `TF_VAR_${name} to the value alone, on one line: otherwise the Worker would read a different ` +
        "secret from the one that was uploaded.",
    }));
  }

  /** Step 2: the Worker, from the bundle. */
  private createWorker(bindings: WorkersScriptBindings[]): WorkersScript {
    const { accountId, worker } = this.#spec;
    const { enabled, samplingRate } = worker.observability;
    return this.named(
      "worker",
      new WorkersScript(this, "worker", {
        accountId,
        scriptName: worker.name,
        contentFile: this.stackFile(worker.file),
        contentSha256: worker.file.sha256,
        ...entryPoint(worker.file),
        compatibilityDate: worker.compatibilityDate,
        // An empty list would differ for ever from an answer that leaves the attribute out.
        ...(worker.compatibilityFlags.length > 0 && { compatibilityFlags: [...worker.compatibilityFlags] }),
        bindings,
        // Every leaf is written: a click in the dashboard is then undone, not carried along as drift.
        usageModel: "standard",
        logpush: false,
        observability: {
          enabled,
          headSamplingRate: samplingRate,
          // Invocation logs would keep every visitor's address, with its queue token, and cost by the
          // request.
          logs: { enabled, headSamplingRate: samplingRate, invocationLogs: false, persist: true },
        },
        dependsOn: [this.configuration],
      }),
    );
  }

  /** A copy of the file inside the stack's folder, always at the same relative path: plans stay quiet. */
  private stackFile(file: WorkerFile): string {
    return new TerraformAsset(this, "bundle", { path: file.path, assetHash: "bundle" }).path;
  }

  /** Fetches the configuration on a schedule, where the Worker owns that task. */
  private createSchedule(): void {
    const { accountId, configuration } = this.#spec;
    if (configuration.owner !== "pull") return;
    this.named(
      "refresh",
      new WorkersCronTrigger(this, "refresh", {
        accountId,
        scriptName: this.worker.scriptName,
        schedules: [{ cron: configuration.cron }],
      }),
    );
  }

  /** Routes come last, and protected ones after the bypasses: no asset is ever slowed down or paid for. */
  private createRoutes(kind: RouteSpec["kind"], after: WorkersRoute[]): WorkersRoute[] {
    return this.#spec.routes
      .filter((route) => route.kind === kind)
      .map((route) =>
        this.named(
          routeName(route),
          new WorkersRoute(this, routeName(route), {
            zoneId: this.zoneId(route.zone),
            pattern: literal(route.pattern),
            ...withScript(scriptOf(route, this.worker.scriptName)),
            dependsOn: [this.worker, ...after],
          }),
        ),
      );
  }

  private zoneId(zone: RouteSpec["zone"]): string {
    if ("id" in zone) return zone.id;
    const name = zoneLookupName(zone.name);
    const existing = this.node.tryFindChild(name);
    if (existing instanceof DataCloudflareZone) return existing.zoneId;
    const lookup = new DataCloudflareZone(this, name, {
      filter: { name: zone.name, account: { id: this.#spec.accountId } },
    });
    return this.named(name, lookup).zoneId;
  }

  /** Freezes the logical id: the construct's path in its stack, then the name. */
  private named<Element extends TerraformElement>(name: string, element: Element): Element {
    const path = this.node.path.slice(TerraformStack.of(this).node.path.length + 1).replaceAll("/", "_");
    element.overrideLogicalId(`${path}_${name}`);
    return element;
  }
}

function withScript(script: string | undefined): { script?: string } {
  return script === undefined ? {} : { script };
}

function entryPoint(file: WorkerFile): { contentType: string; mainModule?: string; bodyPart?: string } {
  const name = file.path.replace(/^.*[/\\]/, "");
  return file.format === "es-module"
    ? { contentType: "application/javascript+module", mainModule: name }
    : { contentType: "application/javascript", bodyPart: name };
}
