import { access, constants } from "node:fs/promises";
import { join, posix } from "node:path";
import type { Blobs } from "../bundles/blobs.ts";
import { requireStateLock } from "../bundles/bundle-store.ts";
import { objectBlobs } from "../bundles/object-blobs.ts";
import { objectStoreEndpoint } from "../bundles/object-store-endpoint.ts";
import { requireCredentials } from "../bundles/require-credentials.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import { uncleanVariables } from "../specification/clean-variables.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import type { Variables } from "../variables/command-variables.ts";
import { type Finding, findingsOf } from "./finding.ts";

type Bucket = Extract<StateBackend, { readonly type: "r2" | "s3" }>;

export interface StateQuestions {
  readonly spec: Pick<ConnectorSpec, "backend" | "promotedFrom">;
  /** Absolute folder that the path of a local state is relative to. */
  readonly projectRoot: string;
  readonly variables: Variables;
  /** Whether the deploy goes to a Cloudflare on this machine, whose states are files here. */
  readonly isLocal: boolean;
}

/** Whether the state can be read and written where the environment says, and its lock is one. */
export async function checkState(questions: StateQuestions): Promise<readonly Finding[]> {
  const { backend } = questions.spec;
  switch (backend.type) {
    case "local":
      return [await checkFile(backend.path, questions)];
    case "hcp":
      return [await checkHcp(backend, questions.variables)];
    case "r2":
    case "s3":
      return checkBucket(backend, questions.variables);
  }
}

/** Whether the state of the environment that this one is promoted from can be read: its plan reads it. */
export async function checkPromotionState(questions: StateQuestions): Promise<readonly Finding[]> {
  const { promotedFrom } = questions.spec;
  if (promotedFrom === undefined) return [];
  const { ok, notTried } = findingsOf("promotion-state");
  const { environment, backend } = promotedFrom;
  const nothing = notTried(
    `${environment} has no state yet, and this environment takes only what ${environment} runs`,
    `deploy it first: npx queueit-cf deploy ${environment}`,
  );
  switch (backend.type) {
    case "local": {
      const isThere = await canAccess(join(questions.projectRoot, backend.path), constants.R_OK);
      return [isThere ? ok(`the state of ${environment} can be read: ${backend.path}`) : nothing];
    }
    case "hcp":
      return [
        notTried(
          `whether the state of ${environment} can be read: HCP Terraform decides that for each workspace`,
          `share the state of ${backend.workspace} with this environment's workspace (Settings, Remote state sharing)`,
        ),
      ];
    case "r2":
    case "s3": {
      const state = await stateOf(backend, questions.variables);
      if (typeof state === "string") return [notTried(state)];
      const held = await state.read(posix.basename(backend.key));
      return [
        held === undefined
          ? nothing
          : ok(`the state of ${environment} can be read: ${backend.bucket}/${backend.key}`),
      ];
    }
  }
}

async function checkFile(path: string, { projectRoot, isLocal }: StateQuestions): Promise<Finding> {
  const { ok, warning, problem } = findingsOf("state");
  const file = join(projectRoot, path);
  if ((await canAccess(file, constants.F_OK)) && !(await canAccess(file, constants.R_OK | constants.W_OK))) {
    return problem(
      `the state ${path} cannot be read and written by this user`,
      `chown it, or chmod u+rw ${file}`,
    );
  }
  if (isLocal) return ok(`the state is a file of its own on this machine: ${path}`);
  return warning(
    `the state is a file on this machine alone: ${path}. A pipeline, or a colleague, would make everything a second time, and its lock keeps nobody else out`,
    "keep it in a bucket: backend in the environment's file",
  );
}

async function canAccess(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

const TIMEOUT_MS = 10_000;

async function checkHcp(
  { hostname, organization, workspace }: Extract<StateBackend, { readonly type: "hcp" }>,
  variables: Variables,
): Promise<Finding> {
  const { ok, problem, notTried } = findingsOf("state");
  const name = `TF_TOKEN_${hostname.replaceAll("-", "__").replaceAll(".", "_")}` as const;
  const token = variables[name] ?? "";
  if (token === "" || uncleanVariables({ [name]: token }).length > 0) {
    return notTried(
      `the workspace ${workspace} at ${hostname}: ${name} is not set, or not a clean value`,
      `export ${name}=…, or terraform login`,
    );
  }
  const path = `/api/v2/organizations/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(workspace)}`;
  const answer = await fetch(`https://${hostname}${path}`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await answer.body?.cancel();
  if (answer.ok) return ok(`the workspace ${workspace} at ${hostname} can be read; it locks by itself`);
  return problem(
    `${hostname} answered ${answer.status} for the workspace ${workspace} of ${organization}`,
    `check the token in ${name}, and that the workspace is there`,
  );
}

async function checkBucket(backend: Bucket, variables: Variables): Promise<readonly Finding[]> {
  const { ok, notTried } = findingsOf("state");
  const state = await stateOf(backend, variables);
  if (typeof state === "string") return [notTried(state)];
  const held = await state.read(posix.basename(backend.key));
  const place = `${backend.bucket}/${backend.key}`;
  const read = ok(
    held === undefined
      ? `the bucket ${backend.bucket} can be read; there is no state ${backend.key} in it yet`
      : `the state can be read: ${place}`,
  );
  // Throws where it does not: its words are the finding's.
  await requireStateLock(backend, { variables });
  return [
    read,
    ok(
      "the bucket refuses to overwrite an object, so the lock of the state locks (tried with a small object of its own)",
    ),
  ];
}

/** The folder of the state; a text says why it cannot be asked from here. */
async function stateOf(backend: Bucket, variables: Variables): Promise<Blobs | string> {
  await requireCredentials(backend, variables);
  if ((variables.AWS_ACCESS_KEY_ID ?? "") === "") {
    return `the bucket ${backend.bucket}: its credentials are in a profile or a role, which only Terraform reads`;
  }
  const prefix = posix.dirname(backend.key);
  const endpoint = await objectStoreEndpoint(backend, variables);
  const region = backend.type === "s3" ? backend.region : "auto";
  return objectBlobs({ endpoint, bucket: backend.bucket, prefix, region, variables });
}
