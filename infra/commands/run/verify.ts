import { coloursOn, lookOf } from "../../console/colours.ts";
import { deployedBundleOf } from "../../deploy/bundle-of-state.ts";
import { EXIT } from "../../errors/user-error.ts";
import { escaped } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { withoutSecrets } from "../../console/without-secrets.ts";
import { type Check } from "../../verify/check.ts";
import { verdictOf } from "../../verify/verdict.ts";
import { verify } from "../../verify/verify.ts";
import { verifyJson } from "../../verify/verify-json.ts";
import { checkLine } from "./check-line.ts";
import { switchedTargetIfKnown } from "./switched-target.ts";
import { terminal } from "./terminal.ts";
import { optionalAccess, reach, secretKey, terraform } from "./workspace.ts";
import { readTarget } from "../../project/targets.ts";
import { deployable } from "../../specification/target.ts";

export interface VerifyCommandOptions {
  readonly json?: true;
}

/** Verifies an environment, each check as it is done, and says in one line what that makes of it. */
export async function runVerify(name: string, { json }: VerifyCommandOptions): Promise<void> {
  const named = deployable(await readTarget(name), process.env);
  const asked = { reach: reach(), secretKey: secretKey(), account: optionalAccess() };
  try {
    const open = await terraform(named);
    const target = await switchedTargetIfKnown(named);
    const options = { ...asked, target };
    const stack = await open(target.spec);
    const bundle = deployedBundleOf(await stack.outputs());
    const checks: Check[] = [];
    for await (const check of verify({ ...options, bundle, progress: terminal.progress })) {
      checks.push(check);
      if (!json) process.stdout.write(withoutSecrets(checkLine(check, process.stdout)));
    }
    const { ready, sentence } = verdictOf(name, checks);
    if (json) {
      process.stdout.write(verifyJson(name, checks));
    } else {
      const { green, red } = coloursOn(process.stdout);
      const lines = wrap("", escaped(withoutSecrets(sentence)), lookOf(process.stdout)).map(
        ready ? green : red,
      );
      process.stdout.write(`\n${lines.join("\n")}\n`);
    }
    if (!ready) process.exitCode = EXIT.found;
  } finally {
    await asked.reach.close();
  }
}
