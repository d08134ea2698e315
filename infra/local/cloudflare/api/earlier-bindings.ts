import type { LocalAccount } from "../account/account.ts";
import type { EarlierBindings } from "./script-bindings.ts";

/** What the bindings of an upload may refer to beside the newest version. `query` is the request's. */
export function earlierBindings(
  account: LocalAccount,
  script: string,
  query: Readonly<Record<string, string>>,
): Omit<EarlierBindings, "newest"> {
  return {
    of: (versionId) => account.version(script, versionId).bindings,
    strict: query["bindings_inherit"] === "strict",
  };
}
