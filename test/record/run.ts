// `npm run record`: records the fixtures anew with the real Terraform and the real provider. Not part of `npm
// test`.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { isProviderMissing } from "../../infra/terraform/provider-missing.ts";
import { skippedExitCode, skippedLine } from "../e2e/availability.ts";
import { StepFailed } from "../e2e/step-failed.ts";
import { NAMES, record } from "./record.ts";

/** What the fixtures are made with. A new version is recorded in full, and its reports are read. */
const PROVIDER_VERSION = "5.14.0";

const USAGE = `npm run record -- [--built-in --out FOLDER] [--only NAME]…
  --only      one of ${NAMES.join(", ")}
  --built-in  with objects that are built into Terraform, where the provider is not; no fixtures come of it
  --out       folder to write to; test/fixtures without it`;

const { values } = parseArgs({
  options: {
    "built-in": { type: "boolean", default: false },
    out: { type: "string" },
    only: { type: "string", multiple: true },
  },
});
const unknown = (values.only ?? []).filter((name) => !NAMES.includes(name));
if (unknown.length > 0 || (values["built-in"] && values.out === undefined)) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const out = values.out ?? join(PACKAGE_ROOT, "test/fixtures");
try {
  await record({
    binary: process.env["TERRAFORM_BINARY_NAME"] ?? "terraform",
    objects: values["built-in"] ? "built-in" : { provider: PROVIDER_VERSION },
    inherited: process.env,
    names: values.only ?? NAMES,
    write: async (path, text) => {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), text);
      process.stdout.write(`${join(out, path)}\n`);
    },
  });
} catch (error) {
  if (!(error instanceof StepFailed)) throw error;
  if (isProviderMissing(error.output)) {
    process.stdout.write(
      `${skippedLine(`the recordings: Terraform cannot find the Cloudflare provider ${PROVIDER_VERSION}. Nothing was written.`)}\n`,
    );
    process.exitCode = skippedExitCode(process.env);
  } else {
    process.stderr.write(`${error.message}\n${error.output}\n`);
    process.exitCode = 1;
  }
}
