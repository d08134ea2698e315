import type { Reach } from "../verify/reach.ts";
import { type Finding, findingsOf } from "./finding.ts";

/**
 * Whether Queue-it knows the customer id and takes the API key: the call by which the Worker fetches the integration
 * configuration (https://{customer}.queue-it.net/status/integrationconfig/secure/{customer}).
 *
 * @param apiKey Undefined where none is set.
 */
export async function checkQueueIt(
  customerId: string,
  apiKey: string | undefined,
  reach: Pick<Reach, "get">,
): Promise<readonly Finding[]> {
  const { ok, problem, notTried } = findingsOf("queue-it");
  if (apiKey === undefined) {
    return [
      notTried(
        `whether Queue-it knows the customer ${customerId}: that takes the API key, and TF_VAR_queueit_api_key is not set`,
        "export TF_VAR_queueit_api_key=…, if you have one; only integrationConfiguration pull needs it",
      ),
    ];
  }
  const customer = encodeURIComponent(customerId);
  const host = `${customer}.queue-it.net`;
  const answer = await reach.get(`https://${host}/status/integrationconfig/secure/${customer}`, {
    "api-key": apiKey,
  });
  if (answer.status === 200) return [ok(`Queue-it knows the customer ${customerId} and takes the API key`)];
  if (answer.status === 401 || answer.status === 403) {
    return [
      problem(
        `Queue-it does not take the API key for the customer ${customerId} (${answer.status})`,
        "copy it again from Queue-it's GO platform, and check queueIt.customerId: both have to be of one account",
      ),
    ];
  }
  if (answer.status === 404) {
    return [
      problem(
        `Queue-it has nothing for the customer ${customerId} at ${host} (404)`,
        "check queueIt.customerId in the environment",
      ),
    ];
  }
  return [
    notTried(`whether Queue-it takes the API key: ${host} answered ${answer.status}`, "run this again later"),
  ];
}
