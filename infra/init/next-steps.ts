import { settled } from "../environments/definition/settled.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { ownPath } from "../text/own-path.ts";

/** What to do once an environment is written: lines for a person, those that begin with two spaces to be copied. */
export function nextSteps(named: NamedEnvironment): readonly string[] {
  const { name } = named;
  const { promotedFrom, backend, coverage } = settled(named);
  const deploy = promotedFrom === undefined ? `deploy ${name}` : `promote ${name}`;
  return [
    ...(coverage.protected.length === 0
      ? ["- Name a page that queues under coverage.protected: verify, promote and every plan try it."]
      : []),
    "  npx queueit-cf validate",
    `  npx queueit-cf preview ${name}`,
    "- Copy .env.example to .env, fill it in, and load it: set -a; . ./.env; set +a",
    `  npx queueit-cf doctor ${name}`,
    `  npx queueit-cf plan ${name}`,
    `  npx queueit-cf ${deploy}`,
    ...(backend.type === "local"
      ? [
          "- Terraform's state is a file on this machine, which nobody else sees. For a team or a pipeline, give it a " +
            "backend.",
        ]
      : []),
    `- For a pipeline, write its workflows (npx queueit-cf github workflows) and make the environments plan-${name} ` +
      `and ${name} on GitHub, as ${ownPath("docs/ci.md")} says: the workflows find the new one by themselves.`,
  ];
}
