import type { ConnectorSpec } from "../../infra/specification/specification.ts";
import type { Target } from "../../infra/specification/target.ts";
import type { LocalServer } from "../../infra/local/server/local-server.ts";
import type { Management } from "./management.ts";
import type { Project } from "./project.ts";
import type { Terraform } from "./terraform.ts";

/**
 * What the steps of one run share: a local Cloudflare of their own, a project of their own, and Terraform.
 */
export interface World {
  readonly server: LocalServer;
  readonly management: Management;
  readonly project: Project;
  /** The environments, with their states in the project's folder. */
  readonly staging: ConnectorSpec;
  readonly production: ConnectorSpec;
  /** The same with everything else that is known of them. */
  readonly targets: { readonly staging: Target; readonly production: Target };
  /** Terraform or OpenTofu, by name or path. */
  readonly binary: string;
  /** Terraform in the folder of a stack, with the variables of the local Cloudflare. */
  readonly terraformIn: (folder: string) => Terraform;
  /** Environment variables of every command. */
  readonly environment: Readonly<Record<string, string>>;
  /** Adds to what no output may show. */
  readonly keepSecret: (secret: string) => void;
}

/** One thing that has to work. Throws StepFailed when it does not. */
export interface Step {
  readonly title: string;
  readonly run: (world: World) => Promise<void>;
}
