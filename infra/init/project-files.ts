/** What must not be committed: states and plans hold secrets. */
const IGNORED = [
  ...["node_modules/", "cdktf.out/", ".queueit-local/", ".queueit-bundles/", "bundles/"],
  ...[".terraform/", "*.tfstate", "*.tfstate.*", ".env"],
];

/** For whoever wants to use CDKTF's own tool, which is an installation of its own: `npm install -D cdktf-cli`. */
const CDKTF = `${JSON.stringify(
  {
    language: "typescript",
    app: "npx queueit-cf synth",
    sendCrashReports: "false",
    output: "cdktf.out",
    terraformProviders: [],
    terraformModules: [],
    context: {},
  },
  null,
  2,
)}\n`;

/**
 * Files of a project that has the package installed, and what each should hold, given what is there: nothing is
 * taken away.
 */
export const PROJECT_FILES: readonly (readonly [string, (present: string | undefined) => string])[] = [
  [".gitignore", ignoring],
  ["cdktf.json", (present) => present ?? CDKTF],
];

function ignoring(present: string | undefined): string {
  const lines = new Set((present ?? "").split(/\r?\n/).map((line) => line.trim().replace(/^\//, "")));
  const missing = IGNORED.filter((line) => !lines.has(line) && !lines.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return present ?? "";
  const before =
    present === undefined || present === "" || present.endsWith("\n") ? (present ?? "") : `${present}\n`;
  return `${before}${missing.join("\n")}\n`;
}
