import { UserError } from "../../errors/user-error.ts";
import type { Reach } from "../../verify/reach.ts";

/** The Worker takes no larger one. */
const MOST_BYTES = 5 * 1024 * 1024;

/**
 * What Queue-it's platform hands out to whoever has the API key. It blocks who asks too often: ask once.
 *
 * @throws UserError when it hands out none.
 */
export async function configurationOfQueueIt(
  customerId: string,
  apiKey: string,
  reach: Reach,
): Promise<string> {
  const customer = encodeURIComponent(customerId);
  const host = `${customer}.queue-it.net`;
  const answer = await reach
    .get(`https://${host}/status/integrationconfig/secure/${customer}`, { "api-key": apiKey }, MOST_BYTES + 1)
    .catch(() => {
      throw refused(
        `${host} did not answer within ten seconds. Check the network and the customer id, and try again; what ` +
          "the Worker has is to be read with --from kv or --from status.",
      );
    });
  if (answer.status === 200 && answer.body.length <= MOST_BYTES) return answer.body;
  throw refused(reasonOf(answer.status, host, customerId));
}

function reasonOf(status: number, host: string, customerId: string): string {
  if (status === 401 || status === 403) {
    return (
      `${host} answered ${status}: it does not accept the API key in TF_VAR_queueit_api_key for the customer ` +
      `${customerId}. Copy it from Queue-it's GO platform.`
    );
  }
  if (status === 404)
    return `${host} answered 404: it knows no customer ${customerId}. Check queueIt.customerId in the environment.`;
  if (status === 429)
    return `${host} answered 429: it was asked too often. Wait some minutes before you ask again.`;
  return `${host} answered ${status}, not with an integration configuration of at most 5 MiB. Try again in a minute.`;
}

function refused(message: string): UserError {
  return new UserError("queue-it-refused", message);
}
