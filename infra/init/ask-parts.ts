import { cloudflareId } from "../environments/definition/fields.ts";
import type { Backend, IntegrationConfigurationOwner, SecretsStrategy } from "../environments/environment.ts";
import { asAnswer, sentence } from "./flags.ts";
import type { Questions } from "./questions.ts";

// What has parts of its own. Undefined where nobody can be asked, and where the answer is what is there already.

/** Who owns the integration configuration. */
export async function askOwner(
  questions: Questions | undefined,
  existing: IntegrationConfigurationOwner | undefined,
): Promise<IntegrationConfigurationOwner | undefined> {
  if (questions === undefined) return undefined;
  const owner = await questions.choice({
    message: "Who owns the integration configuration?",
    choices: [
      { value: "publish", name: "publish: Queue-it's platform pushes it to the Worker" },
      { value: "pull", name: "pull: the Worker fetches it every five minutes with the API key" },
      { value: "file", name: "file: a JSON file of this repository" },
    ],
    initial: existing?.owner,
  });
  if (owner !== "file") return owner === existing?.owner ? existing : { owner };
  const path = await questions.text({
    message: "Path of that file, from the project's root:",
    initial: existing?.owner === "file" ? existing.path : "configuration.json",
    check: filled,
  });
  return { owner, path };
}

/** Where the Worker's secrets come from. */
export async function askSecrets(
  questions: Questions | undefined,
  existing: SecretsStrategy | undefined,
): Promise<SecretsStrategy | undefined> {
  if (questions === undefined) return undefined;
  const strategy = await questions.choice({
    message: "Where do the Worker's secrets come from?",
    choices: [
      { value: "variables", name: "variables: TF_VAR_… of whoever deploys, kept in Terraform's state" },
      { value: "secrets-store", name: "secrets-store: Cloudflare's Secrets Store, nothing in the state" },
    ],
    initial: existing?.strategy,
  });
  if (strategy === "variables") return { strategy };
  const check = cloudflareId("store-id", "the Secrets Store page of the dashboard");
  const storeId = await questions.text({
    message: "Id of the store, from the Secrets Store page of the dashboard:",
    initial: existing?.strategy === "secrets-store" ? existing.storeId : undefined,
    check: asAnswer(sentence(check)),
  });
  return existing?.strategy === "secrets-store" ? { ...existing, storeId } : { strategy, storeId };
}

/** Where Terraform keeps its state. */
export async function askBackend(
  questions: Questions | undefined,
  existing: Backend | undefined,
): Promise<Backend | undefined> {
  if (questions === undefined) return undefined;
  const type = await questions.choice({
    message: "Where does Terraform keep its state?",
    choices: [
      { value: "local", name: "local: a file on this machine, to try things out" },
      { value: "r2", name: "r2: a bucket of Cloudflare R2" },
      { value: "s3", name: "s3: a bucket of Amazon S3" },
      { value: "hcp", name: "hcp: HCP Terraform" },
    ],
    initial: existing?.type,
  });
  const ask = (message: string, initial: string | undefined) =>
    questions.text({ message, initial, check: filled });
  switch (type) {
    case "local":
      return existing?.type === type ? existing : { type };
    case "r2": {
      const known = existing?.type === type ? existing : undefined;
      return { ...known, type, bucket: await ask("Name of the bucket:", known?.bucket) };
    }
    case "s3": {
      const known = existing?.type === type ? existing : undefined;
      const bucket = await ask("Name of the bucket:", known?.bucket);
      return { ...known, type, bucket, region: await ask("Region, such as eu-west-1:", known?.region) };
    }
    case "hcp": {
      const known = existing?.type === type ? existing : undefined;
      const organization = await ask("Organization:", known?.organization);
      return { ...known, type, organization, workspace: await ask("Workspace:", known?.workspace) };
    }
  }
}

function filled(text: string): string | undefined {
  return text.trim() === "" ? "Write it, or press Ctrl-C: nothing is written then." : undefined;
}
