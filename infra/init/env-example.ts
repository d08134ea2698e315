import type { NamedEnvironment } from "../environments/environment.ts";
import { settled } from "../environments/definition/settled.ts";

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
  const all = environments.flatMap((named) => {
    const { integrationConfiguration, queueIt, backend, promotedFrom } = settled(named);
    return [
      {
        name: "CLOUDFLARE_API_TOKEN",
        purpose: "Limited to the account and its zones; the README lists its permissions.",
      },
      { name: "TF_VAR_queueit_secret_key", purpose: "The secret key of Queue-it's GO platform." },
      ...(integrationConfiguration.owner === "pull"
        ? [
            {
              name: "TF_VAR_queueit_api_key",
              purpose: "Queue-it's API key, to fetch the integration configuration.",
            },
          ]
        : []),
      ...(queueIt.directPass === undefined
        ? []
        : [
            {
              name: "TF_VAR_queueit_direct_pass_key",
              purpose: "The key of Queue-it's direct pass endpoint.",
            },
          ]),
      ...(backend.type === "r2" || backend.type === "s3"
        ? [
            { name: "AWS_ACCESS_KEY_ID", purpose: "Of the bucket with Terraform's state." },
            { name: "AWS_SECRET_ACCESS_KEY", purpose: "Of the bucket with Terraform's state." },
          ]
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
