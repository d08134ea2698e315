import { type Deployment, TYPES, bindingsOf, isSecretBinding } from "../deployment.ts";
import type { Plan } from "../plan.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A secret that the Worker has and will not have any more, by the plan or because an upload drops it. */
export const secretDropped: RiskRule = ({ plan, before, after }) => {
  const uploaded = after.workers.filter(({ address }) => isUploaded(plan, address));
  return uploaded.flatMap(({ address, name, bindings }) => {
    const had = [...secretsOf(before, address), ...driftedSecrets(plan, address)];
    return [...new Set(had)]
      .filter((secret) => !bindings.has(secret))
      .map((secret) => ({
        rule: "secret-dropped",
        level: "high",
        title: sentence`Secret ${secret} of Worker ${name} is dropped`,
        explanation:
          "The upload replaces all bindings. Without its secret the Worker cannot do what needs it; without the " +
          "secret key it cannot check any visitor.",
        remedy: "If it was set by hand, add it to the environment. If nothing needs it any more, go ahead.",
      }));
  });
};

function isUploaded(plan: Plan, address: string): boolean {
  return plan.resources.some(
    (resource) =>
      resource.address === address && (resource.operation === "update" || resource.operation === "replace"),
  );
}

function secretsOf({ workers }: Deployment, address: string): readonly string[] {
  const worker = workers.find((candidate) => candidate.address === address);
  return [...(worker?.bindings ?? [])]
    .filter(([, binding]) => isSecretBinding(binding))
    .map(([name]) => name);
}

/** Secrets that somebody added in the dashboard, as the refresh found them. */
function driftedSecrets({ drift }: Plan, address: string): readonly string[] {
  return drift
    .filter((resource) => resource.type === TYPES.script && resource.address === address)
    .flatMap(({ after }) => [...bindingsOf(after?.["bindings"])])
    .filter(([, binding]) => isSecretBinding(binding))
    .map(([name]) => name);
}
