import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, describe, expect, it } from "vitest";
import { TerraformProject } from "./terraform-project.ts";
import { hasTerraform, TERRAFORM } from "../../support/terraform.ts";

const DEPLOY = ["deploy", "staging", "--yes"] as const;

async function newProject({ onTestFinished }: TestContext): Promise<TerraformProject> {
  const project = await TerraformProject.make();
  onTestFinished(() => project.remove());
  return project;
}

/** Lets somebody else do something as soon as the plan is made, and before it is applied. */
function beforeTheApply(project: TerraformProject, what: string): Promise<void> {
  const wrapper =
    '#!/bin/sh\n[ "$1" = init ] && cp "$STACKS/${PWD##*/}.json" cdk.tf.json\n' +
    `[ "$1" = apply ] && { ${what}; }\nexec ${TERRAFORM} "$@"\n`;
  return writeFile(join(project.folder, "terraform"), wrapper, { mode: 0o755 });
}

describe("two commands on one environment at once", { concurrent: true, skip: !hasTerraform }, () => {
  it("refuses the second at once, with who and since when", async (test) => {
    const project = await newProject(test);
    const first = project.start(DEPLOY);
    await project.untilUnderWay();
    for (const args of [DEPLOY, ["destroy", "staging", "--yes", "staging"]]) {
      const { code, stderr } = await project.queueitCf(...args);
      expect(stderr).toMatch(
        new RegExp(
          `^error environment-busy The process ${first.child.pid} of \\S+ has been working on staging in this folder since ` +
            `\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z: .* has changed nothing\\. Wait until that one has ended`,
        ),
      );
      expect(code).toBe(1);
    }
    // The first has lost nothing by it.
    await project.goOn();
    await project.untilAllDone();
    first.child.kill("SIGTERM");
    await first.ended();
    expect(await project.left()).toEqual([]);
  });

  it("applies no plan to a state that somebody else has changed since", async (test) => {
    const project = await newProject(test);
    await project.goOn();
    await beforeTheApply(project, "terraform apply -auto-approve -input=false > /dev/null");
    const { code, stderr } = await project.queueitCf(...DEPLOY);
    expect(stderr).toMatch(
      /\nerror plan-stale Somebody else changed the state of staging.*changed nothing.*npx queueit-cf plan staging\n$/,
    );
    expect(code).toBe(1);
    expect(await project.left()).toEqual([]);
  });
});
