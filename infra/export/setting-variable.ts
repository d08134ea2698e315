import { VARIABLES } from "../../worker/deployment/variables.ts";

/** A Terraform variable in the place of one of the Worker's own. */
export interface SettingVariable {
  readonly name: string;
  readonly block: Readonly<Record<string, unknown>>;
}

interface Known {
  readonly description: string;
  /** All values that the Worker takes. Default: any. */
  readonly choices?: readonly string[];
}

const KNOWN: Readonly<Record<string, Known>> = {
  [VARIABLES.customerId]: { description: "Queue-it customer id." },
  [VARIABLES.enqueueTokenEnabled]: {
    description: "Whether redirects to the waiting room carry an enqueue token.",
    choices: ["true", "false"],
  },
  [VARIABLES.enqueueTokenValidity]: { description: "Validity of the enqueue token, in milliseconds." },
  [VARIABLES.enqueueTokenKeyEnabled]: {
    description: "Whether each enqueue token has a unique key.",
    choices: ["true", "false"],
  },
  [VARIABLES.clientIp]: {
    description: "Where Queue-it gets the visitor's address from.",
    choices: ["cf-connecting-ip", "none"],
  },
  [VARIABLES.requestBodyLimit]: {
    description: "Characters of a request body that triggers may look at; 0 never reads a body.",
  },
  [VARIABLES.matching]: {
    description: "Which spellings of a URL the triggers are tried on.",
    choices: ["as-configured", "normalized"],
  },
  [VARIABLES.configurationTtl]: {
    description: "Seconds an isolate keeps the integration configuration before it looks for a newer one.",
  },
  [VARIABLES.failureMode]: {
    description:
      "What visitors get when the connector itself fails: the site (open), or an error page (closed).",
    choices: ["open", "closed"],
  },
  [VARIABLES.verifyActionUrl]: { description: "HTTPS endpoint that counts uses of a queue id." },
  [VARIABLES.directPassUrl]: { description: "HTTPS endpoint that may let a visitor pass directly." },
  [VARIABLES.directPassTimeout]: {
    description: "Milliseconds to wait for the direct-pass endpoint, 800 to 5000.",
  },
};

/** The variable for a Worker's variable; its default is the value that the environment has. */
export function settingVariable(binding: string, value: string): SettingVariable {
  const { description = `The Worker's variable ${binding}.`, choices } = KNOWN[binding] ?? {};
  // Terraform's names have no `$`, which JavaScript's may.
  const name = (/[a-z]/.test(binding) ? binding : binding.toLowerCase()).replaceAll("$", "_");
  return {
    name,
    block: {
      description,
      default: value,
      ...(choices !== undefined && {
        validation: [
          {
            condition: `\${contains(${JSON.stringify(choices)}, var.${name})}`,
            error_message: `${name} is one of ${choices.join(", ")}.`,
          },
        ],
      }),
    },
  };
}
