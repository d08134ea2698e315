import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Testing } from "cdktf";
import { ConnectorStack, type ConnectorStackOptions } from "../../../infra/connector/connector-stack.ts";
import type { ConnectorSpec } from "../../../infra/specification/specification.ts";

export type Attributes = Readonly<Record<string, unknown>>;

/** The part of a stack's Terraform JSON that tests look at. */
export interface TerraformJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly variable?: Readonly<Record<string, Attributes>>;
  readonly output: Readonly<Record<string, Attributes>>;
  readonly terraform: { readonly backend: Readonly<Record<string, Attributes>> };
}

/** The Terraform JSON of a specification's stack, as `cdktf synth` writes it. */
export function synthesized(
  spec: ConnectorSpec,
  options: Omit<ConnectorStackOptions, "spec" | "projectRoot"> = {},
): TerraformJson {
  const projectRoot = mkdtempSync(join(tmpdir(), "test-stack-"));
  const app = new App({ outdir: join(projectRoot, "cdktf.out") });
  return JSON.parse(
    Testing.synth(new ConnectorStack(app, { spec, projectRoot, ...options })),
  ) as TerraformJson;
}

/** The only resource of a type. Throws when there are none or several. */
export function only(json: TerraformJson, type: string): Attributes {
  const [first, ...others] = Object.values(json.resource[type] ?? {});
  if (first === undefined || others.length > 0) throw new Error(`Not exactly one ${type}.`);
  return first;
}
