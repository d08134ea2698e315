import { posix, relative, sep } from "node:path";
import {
  CloudBackend,
  DataTerraformRemoteState,
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  LocalBackend,
  NamedCloudWorkspace,
  NamedRemoteWorkspace,
  S3Backend,
  type S3BackendConfig,
  type TerraformRemoteState,
  type TerraformStack,
} from "cdktf";
import { r2Host } from "../cloudflare/r2-host.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";

/** Absolute folders that decide how a local state's path is written. */
export interface Folders {
  /** The folder that a local state's path is relative to in an environment. */
  readonly projectRoot: string;
  /** The folder Terraform runs in. */
  readonly stackFolder: string;
}

/** Keeps the state of a stack where its environment says. */
export function keepStateIn(stack: TerraformStack, backend: StateBackend, folders: Folders): void {
  switch (backend.type) {
    case "local":
      new LocalBackend(stack, { path: localPath(backend.path, folders) });
      return;
    case "r2":
    case "s3":
      new S3Backend(stack, objectStore(backend));
      // cdktf 0.21 does not know this option; Terraform and OpenTofu do from 1.10 on.
      stack.addOverride("terraform.backend.s3.use_lockfile", true);
      return;
    case "hcp":
      new CloudBackend(stack, {
        organization: backend.organization,
        hostname: backend.hostname,
        workspaces: new NamedCloudWorkspace(backend.workspace),
      });
  }
}

/** Reads the outputs of another environment's state, `defaults` standing in for those it lacks. */
export function readStateOf(
  stack: TerraformStack,
  id: string,
  backend: StateBackend,
  folders: Folders,
  defaults: Readonly<Record<string, string>>,
): TerraformRemoteState {
  switch (backend.type) {
    case "local":
      return new DataTerraformRemoteStateLocal(stack, id, {
        path: localPath(backend.path, folders),
        defaults,
      });
    case "r2":
    case "s3":
      return new DataTerraformRemoteStateS3(stack, id, { ...objectStore(backend), defaults });
    case "hcp":
      return new DataTerraformRemoteState(stack, id, {
        organization: backend.organization,
        hostname: backend.hostname,
        workspaces: new NamedRemoteWorkspace(backend.workspace),
        defaults,
      });
  }
}

/** Relative, so that the synthesized stack names no folder of the machine that made it. */
function localPath(path: string, { projectRoot, stackFolder }: Folders): string {
  return posix.join(relative(stackFolder, projectRoot).split(sep).join(posix.sep), path);
}

/** Credentials are never written: they come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
function objectStore(backend: Extract<StateBackend, { type: "r2" | "s3" }>): S3BackendConfig {
  const { bucket, key } = backend;
  if (backend.type === "s3") return { bucket, key, region: backend.region, encrypt: true };
  return {
    bucket,
    key,
    region: "auto",
    endpoints: { s3: `https://${r2Host(backend)}` },
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
  };
}
