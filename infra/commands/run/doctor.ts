import { join } from "node:path";
import { coloursOn } from "../../console/colours.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { diagnose, type DoctorCheck } from "../../doctor/diagnose.ts";
import { DOCTOR } from "../../doctor/doctor-format.ts";
import { inFormat } from "../../json/format.ts";
import { environmentChecks, type EnvironmentQuestions } from "../../doctor/environment-checks.ts";
import { type Finding, findingsOf } from "../../doctor/finding.ts";
import { checkClock, checkNode, checkProvider, checkTerraform } from "../../doctor/machine-checks.ts";
import { checkToken } from "../../doctor/token-check.ts";
import { verdictOf } from "../../doctor/verdict.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { projectRoot } from "../../files/project-root.ts";
import { toJson } from "../../plan/report/json.ts";
import { readTargets } from "../../project/targets.ts";
import { uncleanVariables } from "../../specification/clean-variables.ts";
import { LOCAL_FOLDER, withStateApart } from "../../specification/state-apart.ts";
import type { Target } from "../../specification/target.ts";
import { inOrder } from "../../verify/in-order.ts";
import type { Reach } from "../../verify/reach.ts";
import { findingLines } from "./finding-lines.ts";
import { terminal } from "./terminal.ts";
import { cloudflareBaseUrl, isLocal, optionalAccess, reach } from "./workspace.ts";
import { ownPath } from "../../text/own-path.ts";

export interface DoctorCommandOptions {
  readonly json?: true;
}

/** Checks that are under way at a time: Cloudflare allows 1,200 calls in five minutes. */
const AT_ONCE = 4;

interface Told extends Finding {
  /** Undefined for what is about this machine, or the token. */
  readonly environment: string | undefined;
}

/** Looks at everything that a deploy needs, and changes nothing. */
export async function runDoctor(name: string | undefined, { json }: DoctorCommandOptions): Promise<void> {
  const all: Told[] = [];
  const givenUp: string[] = [];
  const tell = async (environment: string | undefined, checks: readonly DoctorCheck[]) => {
    if (!json) print(coloursOn(process.stdout).bold(environment ?? "This machine and the token"));
    if (process.stderr.isTTY) terminal.progress(`Looking at ${checks.length} things.`);
    const run = (check: DoctorCheck) => diagnose(check, undefined, () => void givenUp.push(check.name));
    for await (const told of inOrder(checks, AT_ONCE, run)) {
      // Before it is broken into lines, where nobody would find a secret again.
      const findings = deepWithoutSecrets(told) as readonly Finding[];
      all.push(...findings.map((finding) => ({ environment, ...finding })));
      for (const finding of json ? [] : findings) print(findingLines(finding, process.stdout).join("\n"));
    }
    if (!json) print("");
  };

  const targets = await readableTargets(name);
  const known = Array.isArray(targets) ? targets : [];
  const accountIds = [...new Set(known.map(({ spec }) => spec.accountId))];
  const account = await askedAccount(accountIds);
  await tell(undefined, [
    ...machineChecks(known),
    { name: "token", run: () => Promise.resolve(account.findings) },
    ...(Array.isArray(targets) ? [] : [{ name: "environments", run: () => Promise.resolve([targets]) }]),
  ]);
  const sites = optionalReach();
  try {
    for (const target of known) {
      const questions = {
        target,
        variables: process.env,
        projectRoot: projectRoot(),
        isLocal: isLocal(),
        account: account.asked,
        reach: sites,
      };
      await tell(target.spec.environment, environmentChecks(questions));
    }
  } finally {
    await sites.close();
  }
  finish(all, json);
  // What was given up may go on for minutes, and nobody waits for it.
  if (givenUp.length > 0) setTimeout(() => process.exit(), FLUSHED_MS).unref();
}

/** Milliseconds in which a pipe has taken what was written. */
const FLUSHED_MS = 1000;

function finish(all: readonly Told[], json: true | undefined): void {
  const { isClean, sentence } = verdictOf(all);
  if (json) {
    const answer = inFormat(DOCTOR, {
      clean: isClean,
      verdict: sentence,
      findings: all.map(({ environment, fix, ...finding }) => ({
        environment: environment ?? null,
        ...finding,
        fix: fix ?? null,
      })),
    });
    process.stdout.write(toJson(answer));
  } else {
    const { green, red } = coloursOn(process.stdout);
    print((isClean ? green : red)(sentence));
  }
  if (!isClean) process.exitCode = EXIT.found;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/**
 * The environments that can be looked at; a finding where they are not valid.
 *
 * @throws UserError when there is none of this name.
 */
async function readableTargets(name: string | undefined): Promise<Target[] | Finding> {
  try {
    const { targets } = await readTargets(name === undefined ? undefined : [name]);
    return targets.map((target) => ({
      ...target,
      spec: withStateApart(target.spec, process.env["CLOUDFLARE_BASE_URL"]),
    }));
  } catch (error) {
    if (!(error instanceof UserError) || error.code === "environment-unknown") throw error;
    return findingsOf("environments").problem(error.message, "see every problem: npx queueit-cf validate");
  }
}

function machineChecks(targets: readonly Target[]): readonly DoctorCheck[] {
  const folder = join(projectRoot(), isLocal() ? LOCAL_FOLDER : "cdktf.out", "stacks");
  const stackFolders = targets.map(({ spec }) => join(folder, spec.environment));
  return [
    { name: "node", run: () => Promise.resolve(checkNode(process.versions.node)) },
    { name: "terraform", run: () => checkTerraform(process.env) },
    { name: "provider", run: () => checkProvider({ variables: process.env, stackFolders }) },
    { name: "clock", run: () => checkClock(cloudflareBaseUrl()) },
  ];
}

interface AskedAccount {
  readonly findings: readonly Finding[];
  readonly asked: EnvironmentQuestions["account"];
}

/** How the account can be asked. What is not a clean value is sent to nobody. */
async function askedAccount(accountIds: readonly string[]): Promise<AskedAccount> {
  const { problem } = findingsOf("token");
  const { CLOUDFLARE_API_TOKEN: shown, CLOUDFLARE_BASE_URL: address } = process.env;
  const unclean = uncleanVariables({ CLOUDFLARE_API_TOKEN: shown, CLOUDFLARE_BASE_URL: address });
  if (unclean.length > 0) {
    const fix = "set it to the value alone, on one line and without quotes around it";
    return { findings: unclean.map((fault) => problem(fault, fix)), asked: "the token cannot be sent" };
  }
  const access = optionalAccess();
  if (typeof access === "string") {
    const fix = `make a token (${ownPath("README.md")}, Deploy for real, 2), and export it`;
    return {
      findings: [problem("CLOUDFLARE_API_TOKEN is not set", fix)],
      asked: "CLOUDFLARE_API_TOKEN is not set",
    };
  }
  let token: Awaited<ReturnType<typeof checkToken>>["token"];
  const findings = await diagnose({
    name: "token",
    run: async () => {
      const checked = await checkToken(access, accountIds);
      ({ token } = checked);
      return checked.findings;
    },
  });
  return {
    findings,
    asked: token === undefined ? "the token is not known to be valid" : { access, token },
  };
}

/** A way to Queue-it; what is missing for it is thrown where it is used. */
function optionalReach(): Reach {
  try {
    return reach();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      get: () => Promise.reject(error),
      post: () => Promise.reject(error),
      close: () => Promise.resolve(),
    };
  }
}
