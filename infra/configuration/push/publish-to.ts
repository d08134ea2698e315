import { stringify } from "lossless-json";
import { UserError } from "../../errors/user-error.ts";
import { readJson } from "../../json/read-json.ts";
import { publishCall } from "../../queue-it/publish-call.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { takesPublishCalls } from "../../specification/takes-publish-calls.ts";
import type { Reach } from "../../verify/reach.ts";
import type { FoundConfiguration } from "../sources/found-configuration.ts";
import { ownPath } from "../../text/own-path.ts";

export interface Published {
  readonly file: FoundConfiguration;
  /** The version that is live: Queue-it's next publish, one above it, then still replaces this. */
  readonly version: number;
  readonly secretKey: string;
}

/**
 * Publishes a file as Queue-it's platform does, under the version that is live.
 *
 * @throws UserError when the Worker does not take it.
 */
export async function publishTo(
  spec: Pick<ConnectorSpec, "environment" | "publishUrl" | "routes">,
  { file, version, secretKey }: Published,
  reach: Reach,
): Promise<FoundConfiguration> {
  if (!takesPublishCalls(spec))
    throw unpublished(`no route of ${spec.environment} hands a publish call to the Worker`);
  const json = stringify({ ...(readJson(file.json) as object), Version: version }) ?? "";
  const call = publishCall(json, spec.publishUrl, secretKey);
  const answer = await reach
    .post(spec.publishUrl, await call.text(), { "content-type": "application/json" })
    .catch(() => undefined);
  if (answer?.status === 200 && answer.body.trim() === "Success!") {
    return { ...file, json, text: json, configuration: { ...file.configuration, Version: version } };
  }
  throw unpublished(
    answer === undefined
      ? `the Worker did not answer at ${spec.publishUrl} within ten seconds, and may have taken it all the same`
      : answer.body.trim() === "Fail!"
        ? `the Worker refused it; the reason is in its log (${ownPath("docs/worker-log.md")}), most often another secret key`
        : `${spec.publishUrl} answered ${answer.status}, and not as the Worker does: its route is missing, or in the way`,
  );
}

function unpublished(why: string): UserError {
  return new UserError(
    "publish-failed",
    `The configuration was not published: ${why}. See what is live with: npx queueit-cf config show --from status, and the ` +
      "environment's name.",
  );
}
