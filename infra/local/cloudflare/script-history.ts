import { randomUUID } from "node:crypto";
import type { ScriptHistory } from "./model.ts";
import { newId } from "./new-id.ts";

/** Cloudflare lists the last ten versions as deployable; more than a hundred are of no use on this machine. */
const KEPT_VERSIONS = 100;

/** The history after one more version. */
export function withNewVersion(before: ScriptHistory | undefined, now = new Date()): ScriptHistory {
  const createdOn = now.toISOString();
  const versions = before?.versions ?? [];
  const version = {
    id: randomUUID(),
    deploymentId: randomUUID(),
    number: (versions.at(-1)?.number ?? 0) + 1,
    createdOn,
  };
  return {
    tag: before?.tag ?? newId(),
    createdOn: before?.createdOn ?? createdOn,
    modifiedOn: createdOn,
    versions: [...versions, version].slice(-KEPT_VERSIONS),
  };
}
