import { inFormat } from "../json/format.ts";
import { toJson } from "../plan/report/json.ts";
import { publishUrlOf } from "../specification/specification.ts";
import type { Target } from "../specification/target.ts";
import { DEPLOY } from "./deploy-format.ts";

/**
 * What was deployed, for programs. Hashes and names of ours: hiding a secret in written JSON might leave something that
 * nobody can parse.
 */
export function deployJson(
  { spec }: Pick<Target, "spec">,
  { digest, changed }: { readonly digest: string; readonly changed: boolean },
): string {
  const { environment, worker } = spec;
  const bundle = worker.file.sha256;
  return toJson(inFormat(DEPLOY, { environment, digest, changed, bundle, publishUrl: publishUrlOf(spec) }));
}
