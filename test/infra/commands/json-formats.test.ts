import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { newFolder } from "../../support/new-folder.ts";
import { formatsIn } from "../formats/validator.ts";
import { configuration } from "../plan/plan-builder.ts";
import { runIn } from "./cli.ts";
import { ProjectCopy } from "./project-copy.ts";

// `runIn` looks at everything that a command prints with --json, in all tests: here are the commands that no other test
// runs to a good end.

let project: ProjectCopy;
let file: string;
beforeAll(async () => {
  project = await ProjectCopy.make();
  await mkdir(join(project.folder, "written"));
  file = join(await newFolder(), "downloaded.json");
  await writeFile(file, JSON.stringify(configuration(3, "/tickets")));
});

describe("a command that succeeds with --json prints its format and nothing else", () => {
  it.each([
    ["bundle", () => []],
    ["synth", () => ["staging"]],
    ["rollback-list", () => ["staging", "--list"], "rollback"],
    ["config-show", () => [file], "config show"],
    ["export", () => [join(project.folder, "written"), "staging"], "export terraform"],
  ] as const)("%s", async (format, args, command: string = format) => {
    const variables = { PATH: process.env["PATH"], TF_VAR_accept_example_values: "true" };
    const words = ["--project", project.folder, ...command.split(" "), ...args(), "--json"];
    const { code, stdout, stderr } = await runIn(variables, ...words);
    expect(code, stderr).toBe(0);
    expect(formatsIn(stdout)).toEqual([`queueit-cf/${format}/1`]);
  });

  it("whatever the secret is that its values are without", async () => {
    const variables = { PATH: process.env["PATH"], TF_VAR_queueit_secret_key: "config-show" };
    const { stdout } = await runIn(variables, "config", "show", file, "--json");
    expect(formatsIn(stdout)).toEqual(["queueit-cf/config-show/1"]);
  });
});
