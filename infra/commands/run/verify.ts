import { deployedBundleOf } from "../../deploy/bundle-of-state.ts";
import { EXIT } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { type Check } from "../../verify/check.ts";
import { verify } from "../../verify/verify.ts";
import { checkLine } from "./check-line.ts";
import { withoutSecrets } from "../../console/without-secrets.ts";
import { readTarget } from "../../project/targets.ts";
import { deployable } from "../../specification/target.ts";
import { reach, secretKey, terraform } from "./workspace.ts";

export interface VerifyCommandOptions {
  readonly json?: true;
}

/** Verifies an environment, one line for each check as it is done. */
export async function runVerify(name: string, { json }: VerifyCommandOptions): Promise<void> {
  const target = deployable(await readTarget(name), process.env);
  const options = { target, reach: reach(), secretKey: secretKey() };
  try {
    const stack = await (await terraform())(target.spec);
    const bundle = deployedBundleOf(await stack.outputs());
    const checks: Check[] = [];
    for await (const check of verify({ ...options, bundle })) {
      checks.push(check);
      if (!json) process.stdout.write(withoutSecrets(checkLine(check)));
    }
    const passed = checks.every(({ outcome }) => outcome !== "failed");
    if (json)
      process.stdout.write(
        toJson({
          schema: "queueit-cf/verify/1",
          environment: name,
          passed,
          checks: checks.map((check) => ({ ...check, detail: withoutSecrets(check.detail) })),
        }),
      );
    if (!passed) process.exitCode = EXIT.found;
  } finally {
    await options.reach.close();
  }
}
