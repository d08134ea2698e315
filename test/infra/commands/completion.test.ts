import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { installedPackage } from "../../support/installed-package.ts";
import { newFolder } from "../../support/new-folder.ts";
import { queueitCf, startQueueitCf } from "./cli.ts";

/** What a shell is told, without what it says about each. */
async function completed(...words: readonly string[]): Promise<readonly string[]> {
  // The library writes to the console, which is not the output here.
  const log = vi.spyOn(console, "log").mockReturnValue();
  try {
    expect(await queueitCf("complete", "--", ...words)).toMatchObject({ code: 0 });
    const lines = log.mock.calls.map(([line]) => String(line));
    expect(lines.pop()).toMatch(/^:\d+$/);
    return lines.map((line) => line.split("\t", 1)[0] ?? "");
  } finally {
    log.mockRestore();
  }
}

describe("completion", () => {
  it("knows the commands, and those of commands", async () => {
    expect(await completed("ro")).toEqual(["rollback", "routes"]);
    expect(await completed("config", "sh")).toEqual(["show"]);
    expect(await completed("")).not.toContain("complete");
  });

  it.each(["deploy", "rollback", "plan", "local"])("knows the environments after %s", async (command) => {
    expect(await completed(command, "")).toEqual(["production", "staging"]);
  });

  it("knows the environments of the project that is named, and none where there is none", async () => {
    const folder = await newFolder();
    expect(await completed("--project", folder, "plan", "")).toEqual([]);
    await mkdir(join(folder, "infra/environments"), { recursive: true });
    await writeFile(join(folder, "infra/environments/live.ts"), "throw new Error('it is not imported');");
    expect(await completed("--project", folder, "plan", "")).toEqual(["live"]);
  });

  it("knows the options of a command", async () => {
    expect(await completed("rollback", "--l")).toEqual(["--list"]);
  });

  it.each(["bash", "zsh", "fish"])("has a script for %s, which calls this very program", async (shell) => {
    const { code, stdout } = await startQueueitCf("completion", shell);
    expect(code).toBe(0);
    const { command } = await installedPackage();
    expect(stdout).toContain(`'${process.execPath}' '${command}' complete --`);
  });

  it("has none for other shells", async () => {
    const { code, stderr } = await queueitCf("completion", "cmd");
    expect([code, stderr]).toEqual([1, expect.stringContaining("Allowed choices are bash, zsh, fish")]);
  });

  it("completes in a bash", async () => {
    const { stdout: script } = await startQueueitCf("completion", "bash");
    const asked = [
      // Of the package bash-completion, which is not on every machine.
      '_get_comp_words_by_ref() { cur="sta"; words=(queueit-cf deploy sta); cword=2; }',
      script,
      "__queueit_cf_complete",
      'printf "%s\\n" "${COMPREPLY[@]}"',
    ].join("\n");
    const { stdout } = spawnSync("bash", ["-c", asked], { encoding: "utf8", cwd: PACKAGE_ROOT });
    expect(stdout).toBe("staging\n");
  });
});
