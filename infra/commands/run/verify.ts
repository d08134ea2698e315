import { deployedBundleOf } from "../../deploy/bundle-of-state.ts";
import { EXIT } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { type Check } from "../../verify/check.ts";
import { verify } from "../../verify/verify.ts";
import { checkLine } from "./check-line.ts";
import { withoutSecrets } from "../../secrets/without-secrets.ts";
import { reach, findTarget, secretKey, terraform } from "./workspace.ts";

export interface VerifyCommandOptions {
  readonly json?: true;
}

/** Verifies an environment, one line for each check as it is done. */
export async function runVerify(name: string, { json }: VerifyCommandOptions): Promise<void> {
  const target = await findTarget(name);
  const options = { target, reach: reach(target), secretKey: secretKey() };
  try {
    const stack = await (await terraform(target))(target.spec);
    const bundle = deployedBundleOf(await stack.outputs());
    const checks: Check[] = [];
    for await (const check of verify({ ...options, bundle })) {
      checks.push(check);
      if (!json) process.stdout.write(withoutSecrets(checkLine(check, process.stdout)));
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
