import { z } from "zod";
import { storedConfiguration } from "../account/stored-configuration.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { readConfigurationFile } from "../queue-it/configuration-file.ts";
import { configurationRemedy } from "../specification/configuration-remedy.ts";
import { chainedWorkerOf, namedWorkers } from "../specification/named-workers.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { answerWords, askCloudflare } from "./ask-cloudflare.ts";
import { type Finding, findingsOf } from "./finding.ts";

const scripts = z.array(z.object({ id: z.string(), last_deployed_from: z.string().optional() }));

/** Whether a Worker of this name is there, and who looks after it. */
export async function checkWorker(
  spec: Pick<ConnectorSpec, "accountId" | "worker" | "routes">,
  access: CloudflareAccess,
): Promise<readonly Finding[]> {
  const { accountId, worker } = spec;
  const { ok, warning, notTried } = findingsOf("worker");
  const answer = await askCloudflare(access, `/accounts/${accountId}/workers/scripts`);
  const list = scripts.safeParse(answer.result);
  if (!list.success) {
    return [
      notTried(
        `whether the account has a Worker ${worker.name}: Cloudflare answered ${answerWords(answer)}`,
        "give the token Account · Workers Scripts · Edit for this account",
      ),
    ];
  }
  const workers = list.data.map(({ id }) => id);
  const named = [...namedFindings(spec, workers), ...(await openAddress(spec, workers, access))];
  const found = list.data.find(({ id }) => id === worker.name);
  if (found === undefined)
    return [ok(`the account has no Worker ${worker.name} yet; a deploy makes it`), ...named];
  if (found.last_deployed_from !== "wrangler") return [ok(`the Worker ${worker.name} is there`), ...named];
  return [
    ...named,
    warning(
      `the Worker ${worker.name} was last uploaded by wrangler: a deploy from here replaces it, and the next ` +
        "wrangler deploy replaces ours",
      "give one of the two another name (workerName in the environment), or stop deploying it with wrangler",
    ),
  ];
}

/** Workers of the shop that the environment names. */
function namedFindings(
  spec: Pick<ConnectorSpec, "worker" | "routes">,
  workers: readonly string[],
): readonly Finding[] {
  const { ok, problem } = findingsOf("worker");
  return namedWorkers(spec).map(({ name, pattern }) => {
    const what = pattern === undefined ? "answers what passes" : `answers ${pattern}`;
    return workers.includes(name)
      ? ok(`the Worker ${name} is there, which ${what}`)
      : problem(
          `the account has no Worker ${name}, which ${what}: a deploy is refused (code 10143)`,
          "deploy that Worker first, or correct its name in worker.then or bypass of the environment",
        );
  });
}

const subdomain = z.object({ enabled: z.boolean() });

/** An address of the chained Worker's own leads to its pages, past the waiting room. */
async function openAddress(
  { accountId, worker }: Pick<ConnectorSpec, "accountId" | "worker">,
  workers: readonly string[],
  access: CloudflareAccess,
): Promise<readonly Finding[]> {
  const chained = chainedWorkerOf(worker);
  if (chained === undefined || !workers.includes(chained)) return [];
  const answer = await askCloudflare(access, `/accounts/${accountId}/workers/scripts/${chained}/subdomain`);
  if (subdomain.safeParse(answer.result).data?.enabled !== true) return [];
  return [
    findingsOf("worker").warning(
      `the Worker ${chained} also answers at its address under workers.dev, where nobody queues`,
      'switch that off in the dashboard, or write "workers_dev": false into its wrangler configuration',
    ),
  ];
}

/** What KV holds for the Worker. */
export async function checkConfiguration(
  spec: ConnectorSpec,
  access: CloudflareAccess,
): Promise<readonly Finding[]> {
  const { ok, warning, problem, notTried } = findingsOf("configuration");
  const stored = await storedConfiguration(spec, access);
  if (stored.kind === "no-namespace") {
    return [
      notTried(
        `the integration configuration: the account has no KV namespace ${spec.namespace.title} yet`,
        `deploy: npx queueit-cf deploy ${spec.environment}`,
      ),
    ];
  }
  const remedy = configurationRemedy(spec);
  if (stored.kind === "no-value") {
    return [
      problem(`KV holds no integration configuration in ${spec.namespace.title}: nobody queues`, remedy),
    ];
  }
  const file = readConfigurationFile(stored.text);
  if (!file.ok) {
    return [
      problem(
        `KV holds an integration configuration that the Worker refuses: ${file.reasons[0] ?? ""}`,
        remedy,
      ),
    ];
  }
  const { Version: version, Integrations: actions = [] } = file.configuration;
  const words = `KV holds version ${version} of the integration configuration, with ${actions?.length ?? 0} actions`;
  return [(actions?.length ?? 0) > 0 ? ok(words) : warning(`${words}: nobody queues`, remedy)];
}
