import type { CommandVariable } from "../variables/command-variable.ts";
import { COMMAND_VARIABLES } from "../variables/command-variables.ts";
import { type WorkerVariable, workerVariables } from "./worker-variables.ts";

/** Every environment variable of the commands, and everything that the deployment gives the Worker. */
export function variablesPage(): string {
  return [
    "# Variables",
    "",
    "Two different things are called variables: what the **commands** read where you type them, and what the **Worker** is " +
      "given at Cloudflare. A command reads no file of variables unless you name it with `--env-file`.",
    "",
    "An empty variable of a command counts as none. A value with white space or quotes around it is refused by its name " +
      "before anything is planned. Secrets are shown nowhere: not in a report, not in an error, not with `--json`.",
    "",
    "## Of the commands",
    "",
    ...Object.entries(COMMAND_VARIABLES).flatMap(([title, section]) => [
      `### ${title}`,
      "",
      ...Object.entries<CommandVariable>(section).flatMap(([name, variable]) => commandLines(name, variable)),
    ]),
    "## Of the Worker",
    "",
    "The stack writes all of them, from the options of the environment. You set one yourself only where you deploy the Worker by " +
      "hand. A bad value of an optional variable is told in the Worker's log, and its default holds.",
    "",
    ...workerVariables().flatMap(workerLines),
  ].join("\n");
}

function commandLines(
  name: string,
  { meaning, readBy, standard, secret }: CommandVariable,
): readonly string[] {
  return [
    `#### \`${name}\``,
    "",
    meaning,
    "",
    `- Read by: ${readBy}`,
    `- Default: ${standard}`,
    ...(secret === undefined ? [] : [SECRET[secret]]),
    "",
  ];
}

const SECRET = {
  "of-terraform": "- Secret: nothing shows it; Terraform gets it",
  "of-the-pipeline": "- Secret: nothing shows it, and Terraform does not get it",
} as const;

const KINDS = {
  variable: "Variable, in clear",
  secret: "Secret: a secret text, or a binding of the Secrets Store",
  binding: "Binding",
  key: "Key in the KV namespace",
  parameter: "Parameter of a query",
} as const satisfies Record<WorkerVariable["kind"], string>;

function workerLines({ name, kind, meaning }: WorkerVariable): readonly string[] {
  return [`### \`${name}\``, "", meaning, "", `- ${KINDS[kind]}`, ""];
}
