import type { StateBackend } from "../environments/definition/state-backend.ts";
import type { ConnectorSpec } from "./specification.ts";
import { parsedUrl } from "../url/parsed-url.ts";

/**
 * Folder for everything about deploys onto the local Cloudflare, relative to the project's root. Git ignores
 * it.
 */
export const LOCAL_FOLDER = ".queueit-local";

/**
 * The specification with its states in files of their own, where the deploy goes to a Cloudflare on this
 * machine. The real state must never be refreshed there: everything in it would be missing, and then be
 * forgotten.
 *
 * @param baseUrl Where Terraform's provider sends its requests (CLOUDFLARE_BASE_URL); undefined for the real
 *   Cloudflare.
 */
export function withStateApart(spec: ConnectorSpec, baseUrl: string | undefined): ConnectorSpec {
  if (!isOnThisMachine(baseUrl)) return spec;
  const { promotedFrom } = spec;
  return {
    ...spec,
    backend: stateOf(spec.environment),
    promotedFrom: promotedFrom && { ...promotedFrom, backend: stateOf(promotedFrom.environment) },
  };
}

function stateOf(environment: string): StateBackend {
  return { type: "local", path: `${LOCAL_FOLDER}/terraform.${environment}.tfstate` };
}

/** Whether requests to this address stay on this machine. */
export function isOnThisMachine(baseUrl: string | undefined): boolean {
  const url = baseUrl === undefined ? undefined : parsedUrl(baseUrl);
  if (url === undefined) return false;
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost)$/.test(url.hostname);
}
