import type { VariableList } from "./command-variable.ts";

const ASKS = "every command that asks Cloudflare, Terraform";
const NONE = "none";

export const CLOUDFLARE = {
  CLOUDFLARE_API_TOKEN: {
    meaning:
      "API token, limited to the account and zones of the environment. README.md of queueit-cloudflare lists its permissions.",
    readBy: `${ASKS}, wrangler`,
    standard: "none: such a command stops, or says what it could not read",
    secret: "of-terraform",
  },
  CLOUDFLARE_API_KEY: {
    meaning:
      "Global API key, which Terraform takes in place of a token. It may do everything in every account, so no " +
      "command uses it.",
    readBy: "Terraform; commands that plan accept it in place of the token",
    standard: NONE,
    secret: "of-terraform",
  },
  CLOUDFLARE_API_USER_SERVICE_KEY: {
    meaning: "Origin CA key of Cloudflare's provider. No stack needs it.",
    readBy: "Terraform",
    standard: NONE,
    secret: "of-terraform",
  },
  CLOUDFLARE_BASE_URL: {
    meaning:
      "Address of Cloudflare's management API. Where it leads to this machine, everything goes to the local " +
      "Cloudflare, and Terraform's state is kept apart in `.queueit-local/`.",
    readBy: ASKS,
    standard: "`https://api.cloudflare.com/client/v4`",
  },
  CLOUDFLARE_API_BASE_URL: {
    meaning: "The same for wrangler. `npx queueit-cf local` prints a line for it.",
    readBy: "wrangler",
    standard: "Cloudflare's own",
  },
  CLOUDFLARE_ACCOUNT_ID: {
    meaning:
      "Account for wrangler. `npx queueit-cf local` prints a line for it; environments name their own.",
    readBy: "wrangler",
    standard: NONE,
  },
} as const satisfies VariableList;

export const QUEUE_IT = {
  TF_VAR_queueit_secret_key: {
    meaning: "Queue-it's secret key: it signs tokens, session cookies and publish calls.",
    readBy: "Terraform; `verify`, `config`, `doctor`, `promote` and `switch` to ask the Worker",
    standard: "none: a deploy needs it, unless the Secrets Store has it",
    secret: "of-terraform",
  },
  TF_VAR_queueit_api_key: {
    meaning: "Queue-it's API key: it fetches the integration configuration and verifies queue ids.",
    readBy: "Terraform; `config` and `doctor` to ask Queue-it",
    standard: "none: needed only with `pull` or `verifyAction`",
    secret: "of-terraform",
  },
  TF_VAR_queueit_direct_pass_key: {
    meaning: "Proxy key of Queue-it's direct-pass endpoint.",
    readBy: "Terraform",
    standard: "none: needed only with `directPass`",
    secret: "of-terraform",
  },
  TF_VAR_accept_example_values: {
    meaning: "Allows example values to be deployed. For the local Cloudflare only.",
    readBy: "Terraform, every command that plans",
    standard: "`false`",
  },
  "QUEUEIT_SECRET_KEY_<ENVIRONMENT>": {
    meaning:
      "Secret key of the environment that another one is promoted from, where the two have different ones: " +
      "`QUEUEIT_SECRET_KEY_STAGING` for `staging`; a dash of the name becomes `_`.",
    readBy: "`promote`, `doctor`",
    standard: "`TF_VAR_queueit_secret_key`",
    secret: "of-the-pipeline",
  },
  QUEUEIT_PLAN_KEY: {
    meaning:
      "At least 16 characters. It signs the comment with a plan, so that nobody else can write one, and makes " +
      "digests that tell nothing about secrets. The same wherever plans are made, reviewed and deployed.",
    readBy: "every command that reviews a plan, `github`",
    standard: "none: comments are not signed",
    secret: "of-the-pipeline",
  },
  QUEUEIT_LOCAL_EDGE: {
    meaning: "Where the sites of the local Cloudflare are. `npx queueit-cf local` prints a line for it.",
    readBy: "every command that asks the deployed sites",
    standard: "none: needed where `CLOUDFLARE_BASE_URL` leads to this machine",
  },
  QUEUEIT_DESTROY: {
    meaning: "Name of the environment that `cdktf destroy` may take down, with its KV namespace.",
    readBy: "`synth`, CDKTF's own tool",
    standard: "none: Terraform refuses to destroy the namespace",
  },
} as const satisfies VariableList;

export const TERRAFORM = {
  TERRAFORM_BINARY_NAME: {
    meaning: "Name or path of Terraform or OpenTofu, for example `tofu`.",
    readBy: "every command that plans, `doctor`",
    standard: "`terraform`, else `tofu`",
  },
  TF_CLI_CONFIG_FILE: {
    meaning: "Terraform's own settings, such as a mirror of its registry.",
    readBy: "`doctor`, Terraform",
    standard: "`~/.terraformrc`",
  },
  TF_WORKSPACE: {
    meaning: "Terraform's workspace. Any but the usual one is refused: each environment has its own state.",
    readBy: "every command that plans, Terraform",
    standard: "`default`, or the one of `backend`",
  },
  "TF_CLI_ARGS<…>": {
    meaning: "Arguments that Terraform adds by itself. Those that lead to another state are refused.",
    readBy: "every command that plans, Terraform",
    standard: NONE,
  },
  "TF_LOG<…>": {
    meaning: "Terraform's log. Commands take it away: it holds every request, with its secrets.",
    readBy: "every command that plans",
    standard: NONE,
  },
  "TF_TOKEN_<host>": {
    meaning:
      "Token of HCP Terraform, for example `TF_TOKEN_app_terraform_io`; not needed after `terraform login`.",
    readBy: "`doctor`, Terraform",
    standard: NONE,
    secret: "of-terraform",
  },
  CDKTF_OUTDIR: {
    meaning: "Folder that the stacks are written to. CDKTF's own tool sets it.",
    readBy: "`synth`",
    standard: "`cdktf.out`",
  },
} as const satisfies VariableList;
