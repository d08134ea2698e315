import type { NamedEnvironment } from "../environments/environment.ts";
import { settled } from "../environments/definition/settled.ts";
import { AWS } from "../variables/bucket.ts";
import type { VariableList } from "../variables/command-variable.ts";
import { CLOUDFLARE, QUEUE_IT } from "../variables/deploying.ts";

export const ENV_EXAMPLE = ".env.example";

/** A variable that commands read, and what for. */
interface Named {
  readonly name: string;
  readonly purpose: string;
}

const HEAD = `# What the commands read from the environment: names only, never values.
# Copy this file to .env, which git ignores, write each value between single
# quotes, and load it with: set -a; . ./.env; set +a
# or name it for one command: npx queueit-cf plan staging --env-file .env
`;

/**
 * The variables that the environments need. A file that is there stays as it is, and gets those that it does not
 * have.
 *
 * @param present What the file has now; undefined where there is none.
 */
export function envExample(environments: readonly NamedEnvironment[], present: string | undefined): string {
  const named = new Set(
    [...(present ?? "").matchAll(/^[#\s]*(?:export\s+)?(\w+)=/gm)].map(([, name]) => name),
  );
  const lines = variablesOf(environments)
    .filter(({ name }) => !named.has(name))
    .map(({ name, purpose }) => `# ${purpose}\n${name}=\n`);
  if (present === undefined) return [HEAD, ...lines].join("\n");
  if (lines.length === 0) return present;
  return [present.endsWith("\n") || present === "" ? present : `${present}\n`, ...lines].join("\n");
}

function variablesOf(environments: readonly NamedEnvironment[]): readonly Named[] {
  const all = environments.flatMap((named): readonly Named[] => {
    const { integrationConfiguration, queueIt, backend, promotedFrom } = settled(named);
    return [
      listed(CLOUDFLARE, "CLOUDFLARE_API_TOKEN"),
      listed(QUEUE_IT, "TF_VAR_queueit_secret_key"),
      ...(integrationConfiguration.owner === "pull" ? [listed(QUEUE_IT, "TF_VAR_queueit_api_key")] : []),
      ...(queueIt.directPass === undefined ? [] : [listed(QUEUE_IT, "TF_VAR_queueit_direct_pass_key")]),
      ...(backend.type === "r2" || backend.type === "s3"
        ? [listed(AWS, "AWS_ACCESS_KEY_ID"), listed(AWS, "AWS_SECRET_ACCESS_KEY")]
        : []),
      ...(backend.type === "hcp"
        ? [
            {
              name: `TF_TOKEN_${backend.hostname.replaceAll("-", "__").replaceAll(".", "_")}`,
              purpose: "A token of HCP Terraform; not needed after terraform login.",
            },
          ]
        : []),
      ...(promotedFrom === undefined
        ? []
        : [
            {
              name: `QUEUEIT_SECRET_KEY_${promotedFrom.toUpperCase().replaceAll("-", "_")}`,
              purpose: `The secret key of ${promotedFrom}, where it has another one than ${named.name}.`,
            },
          ]),
    ];
  });
  return [...new Map(all.map((variable) => [variable.name, variable])).values()];
}

function listed<List extends VariableList>(list: List, name: keyof List & string): Named {
  return { name, purpose: list[name]?.meaning ?? "" };
}
