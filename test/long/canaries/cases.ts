/** How a command is tried: with `{…}` for what only the run knows. */
export interface CanaryCase {
  /** Words of the command, as in `queueit-cf github review`. */
  readonly command: string;
  readonly args: readonly string[];
  /** Which Terraform it meets. Default: one that says everything that it knows, in every form, and fails. */
  readonly terraform?: "real";
  /** It runs until it is interrupted, which happens when this is said. */
  readonly until?: RegExp;
}

const REVIEW = ["staging", "--report", "{report.json}", "--markdown", "{leaky.md}"] as const;

const INITIAL = [
  ...["shop", "--account", "5e1d0c4b3a29180716f5e4d3c2b1a090", "--zone", "tickets-and-more.dk"],
  ...["--hostname", "shop.tickets-and-more.dk", "--customer-id", "ticketsandmore", "--no-fetch"],
] as const;

/** At least one for every command: a test compares them with those that there are. */
export const CASES: readonly CanaryCase[] = [
  { command: "preview", args: ["staging", "--check"] },
  { command: "preview", args: ["staging", "--check", "--json"] },
  { command: "local", args: ["--port", "0", "--api-port", "0"], until: /TF_VAR_queueit_secret_key/ },
  { command: "local", args: ["--port", "0", "--api-port", "0", "--json"], until: /secret_key/ },
  { command: "init", args: ["shop", "--customer-id", "{secret}"] },
  { command: "init", args: [...INITIAL, "--bypass", "/{secret}/*", "--yes"] },
  { command: "init", args: [...INITIAL, "--bypass", "/static/*", "--yes", "--json"] },
  { command: "validate", args: [] },
  { command: "validate", args: ["--json"] },
  { command: "validate", args: ["--configuration", "{leaky.json}"] },
  { command: "validate", args: ["{secret}"] },
  { command: "plan", args: ["staging"] },
  { command: "plan", args: ["staging", "--json"] },
  {
    command: "plan",
    args: ["staging", "--out", "{written.json}", "--markdown", "{written.md}"],
    terraform: "real",
  },
  { command: "deploy", args: ["staging", "--yes"] },
  { command: "deploy", args: ["staging", "--yes"], terraform: "real", until: /Waiting|waiting|answer/ },
  { command: "deploy", args: ["staging", "--reviewed", "{leaky.json}"] },
  { command: "verify", args: ["staging"] },
  { command: "verify", args: ["staging", "--json"] },
  { command: "promote", args: ["production", "--yes"] },
  { command: "promote", args: ["production", "--yes"], terraform: "real" },
  { command: "rollback", args: ["staging", "--yes"] },
  { command: "rollback", args: ["staging", "--yes"], terraform: "real" },
  { command: "rollback", args: ["staging", "--list"] },
  { command: "rollback", args: ["{secret}", "--list", "--json"] },
  { command: "rollback", args: ["staging", "--to", "{secret}"] },
  { command: "synth", args: ["staging"] },
  { command: "synth", args: ["{secret}", "--json"] },
  { command: "completion", args: ["bash"] },
  { command: "completion", args: ["{secret}"] },
  { command: "complete", args: ["--", "rollback", "{secret}", ""] },
  { command: "help", args: ["{secret}"] },
  { command: "config help", args: ["{secret}"] },
  { command: "routes help", args: ["explain", "{secret}"] },
  { command: "github help", args: ["{secret}"] },
  { command: "drift", args: ["staging"] },
  { command: "drift", args: ["staging", "--json", "--markdown", "{drift.md}"], terraform: "real" },
  { command: "destroy", args: ["staging", "--yes", "staging"] },
  { command: "destroy", args: ["staging", "--yes", "{secret}"], terraform: "real" },
  { command: "report", args: ["{leaky.json}"] },
  { command: "report", args: ["{secret}"] },
  { command: "report", args: ["{plan.json}", "--environment", "staging"] },
  { command: "routes explain", args: ["https://shop.staging.example.com/{secret}"] },
  { command: "routes explain", args: ["https://shop.staging.example.com/{secret}", "--json"] },
  { command: "adopt", args: ["live", "--account", "{secret}", "--yes"] },
  { command: "adopt", args: ["live", "--worker", "replace", "--customer-id", "{secret}", "--yes", "--json"] },
  { command: "doctor", args: [] },
  { command: "doctor", args: ["staging", "--json"] },
  { command: "config show", args: ["staging"] },
  { command: "config show", args: ["{leaky.json}", "--json"] },
  { command: "config validate", args: ["{leaky.json}"] },
  { command: "config validate", args: ["{secret}", "staging", "--json"] },
  { command: "config diff", args: ["staging", "{leaky.json}"] },
  { command: "config explain", args: ["https://shop.staging.example.com/{secret}"] },
  {
    command: "config explain",
    args: ["https://shop.staging.example.com/", "--configuration", "{leaky.json}", "--cookie", "a={secret}"],
  },
  { command: "config pull", args: ["staging", "--json"] },
  { command: "config push", args: ["{leaky.json}", "staging", "--yes"] },
  { command: "config history", args: ["staging"] },
  { command: "bundle", args: [] },
  { command: "bundle", args: ["--json"] },
  { command: "github review", args: REVIEW },
  { command: "github comment", args: ["staging", "--markdown", "{leaky.md}"] },
  { command: "github comment", args: ["staging", "--failed"] },
  { command: "github reviewed-digest", args: ["production"] },
  { command: "github environments", args: ["{secret}"] },
  { command: "github outputs", args: ["staging", "--report", "{report.json}"] },
  { command: "github drift-issue", args: ["staging", "--markdown", "{leaky.md}"] },
];
