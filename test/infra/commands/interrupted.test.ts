import { readFile, stat } from "node:fs/promises";
import { type TestContext, describe, expect, it } from "vitest";
import { runs } from "../../support/runs.ts";
import { hasTerraform } from "../../support/terraform.ts";
import { TerraformProject } from "./terraform-project.ts";

const POLLING = { timeout: 120_000, interval: 50 };

/** With the exit code of each. All are caught at one place, which local.test.ts tries too. */
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
  ["SIGXCPU", 152],
] as const;

const DEPLOY = ["deploy", "staging", "--yes"];

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function newProject({ onTestFinished }: TestContext): Promise<TerraformProject> {
  const project = await TerraformProject.make();
  onTestFinished(() => project.remove());
  return project;
}

const together = { concurrent: true, skip: !hasTerraform };

describe("a deploy in the middle of Terraform's apply", together, () => {
  it.for(SIGNALS.slice(0, runs(2, SIGNALS.length)))(
    "ends in order at %s, and says what was done and what not",
    async ([signal, code], test) => {
      const project = await newProject(test);
      const deploy = project.start(DEPLOY);
      await project.untilUnderWay();
      deploy.child.kill(signal);
      // A closed terminal asks twice, and so does somebody in a hurry.
      deploy.child.kill(signal);
      expect(await deploy.ended()).toBe(code);
      expect(deploy.stderr).toMatch(
        /Done:\n- terraform_data.first is created\nUnder way, and possibly done:\n- terraform_data.second is created\nNot begun:\n- terraform_data.third is created\nWhat was done is recorded in the state/,
      );
      expect(await project.state()).toContain("first");
      expect(await project.left()).toEqual([]);
    },
  );

  it("goes on to its end where nobody reads what it says", async (test) => {
    const project = await newProject(test);
    const deploy = project.start(DEPLOY);
    await project.untilUnderWay();
    deploy.stopReading();
    await project.goOn();
    await project.untilAllDone();
    // It waits for the sites now, which are not there.
    expect(deploy.child.exitCode).toBeNull();
    deploy.child.kill("SIGTERM");
    expect(await deploy.ended()).toBe(143);
  });

  it("ends in order when its terminal is closed", async (test) => {
    const project = await newProject(test);
    const inside = `exec ${process.execPath} ${project.command} ${DEPLOY.join(" ")} 2> said`;
    const terminal = project.startIn("script", ["-qc", inside, "/dev/null"]);
    await project.untilUnderWay();
    terminal.child.kill("SIGKILL");
    await test.expect.poll(() => project.untilWritten("said"), POLLING).toContain("Ended by SIGHUP");
    await test.expect.poll(() => project.left(), POLLING).toEqual([]);
    expect(await project.state()).toContain("first");
  });

  it("leaves Terraform to its work when it is killed, and the plan to the next run to remove", async (test) => {
    const project = await newProject(test);
    const deploy = project.start(DEPLOY);
    const terraform = await project.untilUnderWay();
    deploy.child.kill("SIGKILL");
    await deploy.ended();
    expect(await project.left()).toEqual([expect.stringMatching(/^queueit-plan-/)]);
    await project.goOn();
    await project.untilAllDone();
    expect((await stat(project.statePath)).mode & 0o777).toBe(0o600);
    expect(await readFile(project.statePath, "utf8")).toContain("fake-secret-key");
    // Terraform has written its state, and ends.
    await test.expect.poll(() => isRunning(terraform), POLLING).toBe(false);
    expect((await project.queueitCf("plan", "staging")).code).toBe(0);
    expect(await project.left()).toEqual([]);
  });

  it("says that Terraform was killed, what may exist only in the account, and what is left to do", async (test) => {
    const project = await newProject(test);
    const deploy = project.start(DEPLOY);
    process.kill(await project.untilUnderWay(), "SIGKILL");
    expect(await deploy.ended()).toBe(1);
    expect(deploy.stderr).toContain("failed halfway: It was ended by SIGKILL");
    expect(deploy.stderr).toMatch(
      /possibly done:\n- terraform_data.second[\s\S]*Left to change:\n- terraform_data.second/,
    );
    expect(deploy.stderr).toContain("what was still under way may exist only in the account");
  });
});
