import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { newFolder } from "../../support/new-folder.ts";
import { runIn } from "./cli.ts";

const PLAN = ".github/workflows/plan.yml";

/** In a project of one's own, with no variable of this shell. */
const workflows = (folder: string, ...args: readonly string[]) =>
  runIn({ PATH: "" }, "--project", folder, "github", "workflows", ...args);

describe("queueit-cf github workflows", () => {
  it("writes the pipeline of this project, and neither its checks nor its releases", async () => {
    const folder = await newFolder();
    expect(await workflows(folder, "--yes")).toMatchObject({ code: 0 });
    expect((await readdir(join(folder, ".github/workflows"))).sort()).toEqual([
      "deploy.yml",
      "drift.yml",
      "plan.yml",
      "promote.yml",
      "switch.yml",
    ]);
    for (const path of [PLAN, ".github/actions/prepare/action.yml"])
      expect(await readFile(join(folder, path))).toEqual(await readFile(join(PACKAGE_ROOT, path)));
  });

  it("calls nothing that only a checkout has", async () => {
    const folder = await newFolder();
    await workflows(folder, "--yes");
    for (const name of await readdir(join(folder, ".github/workflows"))) {
      const text = await readFile(join(folder, ".github/workflows", name), "utf8");
      expect(text).not.toMatch(/\bnpm (?:run|test)\b|\bnode \w|\.\.?\/(?:infra|worker|test)\b/);
    }
  });

  it("has nothing to do the second time, also where git changed the ends of lines", async () => {
    const folder = await newFolder();
    await workflows(folder, "--yes");
    const text = await readFile(join(folder, PLAN), "utf8");
    await writeFile(join(folder, PLAN), text.replaceAll("\n", "\r\n"));
    expect(await workflows(folder)).toEqual({
      code: 0,
      stdout: "All workflows are there, as in this version.\n",
      stderr: "",
    });
  });

  it("leaves a workflow of one's own as it is, names it, and writes the others", async () => {
    const folder = await newFolder();
    await mkdir(join(folder, ".github/workflows"), { recursive: true });
    await writeFile(join(folder, PLAN), "name: ours\n");
    const { code, stdout } = await workflows(folder, "--yes");
    expect([code, stdout]).toEqual([2, expect.stringContaining(`left as they are: ${PLAN}.`)]);
    expect(await readFile(join(folder, PLAN), "utf8")).toBe("name: ours\n");
    expect(await readdir(join(folder, ".github/workflows"))).toContain("deploy.yml");
  });

  it("replaces it where that is said", async () => {
    const folder = await newFolder();
    await mkdir(join(folder, ".github/workflows"), { recursive: true });
    await writeFile(join(folder, PLAN), "name: ours\n");
    expect(await workflows(folder, "--replace", "--yes")).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, PLAN), "utf8")).toContain("name: plan\n");
  });

  it("writes nothing without a terminal and without --yes", async () => {
    const folder = await newFolder();
    const { code, stdout } = await workflows(folder, "--replace");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing was written.")]);
    expect(await readdir(folder)).toEqual([]);
  });
});
