import { CHAINED_WORKER_BINDING } from "../../worker/deployment/variables.ts";
import { accountWorkers } from "../account/account-workers.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { boundService } from "../account/bound-service.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { type Check, check, CheckFailed, NotTried, reasonOf } from "./check.ts";

const READ_TOKEN =
  "set CLOUDFLARE_API_TOKEN to a token that may read the account's Workers (Account · Workers Scripts · Read), then verify again";

/** The account's connector is bound to the Worker that the environment names, and has it. */
export function checkChained(
  { accountId, environment, worker }: Pick<ConnectorSpec, "accountId" | "environment" | "worker">,
  chained: string,
  account: CloudflareAccess | string,
): Promise<Check> {
  return check({ name: `requests that pass go to the Worker ${chained}` }, async () => {
    if (typeof account === "string") throw new NotTried(account, READ_TOKEN);
    const [bound, workers] = await Promise.all([
      boundService(accountId, worker.name, CHAINED_WORKER_BINDING, account),
      accountWorkers(accountId, account),
    ]).catch((error: unknown) => {
      throw new NotTried(reasonOf(error), READ_TOKEN);
    });
    if (bound !== chained) {
      throw new CheckFailed(
        bound === undefined
          ? `${worker.name} is bound to no Worker: what passes goes to the origin`
          : `${worker.name} is bound to the Worker ${bound}`,
        `find out who changed its bindings, then deploy: npx queueit-cf deploy ${environment}`,
      );
    }
    if (!workers.includes(chained)) {
      throw new CheckFailed(
        `${worker.name} is bound to ${chained}, and the account does not have it: what passes gets an error`,
        `deploy ${chained} again, with its own tool`,
      );
    }
    return `${worker.name} is bound to ${chained}, which the account has`;
  });
}
