import { spawnSync } from "node:child_process";
import { chmod } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { newFolder } from "../../support/new-folder.ts";

/** Somebody who may read this project and write nothing in it. */
const NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

function asNobody(temporary: string, command: readonly string[]) {
  const [file = "", ...args] = [...NOBODY, "node", ...command];
  const env = { ...process.env, HOME: temporary, TMPDIR: temporary, COLUMNS: "1000" };
  return spawnSync(file, args, { cwd: PACKAGE_ROOT, env, encoding: "utf8" });
}

describe("queueit-cf in a folder that may only be read", () => {
  it.for([["bundle"], ["local", "--port", "0", "--api-port", "0", "--state", "state"]])(
    "%s ends in one paragraph, without a stack",
    async (command, test) => {
      const temporary = await newFolder();
      await chmod(temporary, 0o777);
      // So that they find it.
      await chmod(dirname(temporary), 0o711);
      if (
        asNobody(temporary, ["-e", `require("fs").readdirSync(${JSON.stringify(PACKAGE_ROOT)})`]).status !== 0
      ) {
        test.skip("SKIPPED: only root can become a user who may not write here.");
        return;
      }
      const { status, stderr } = asNobody(temporary, ["infra/queueit-cf.mjs", ...command]);
      expect(stderr).toMatch(/^error (?:file-refused|local-state-folder|local-state-foreign) .*EACCES.*\n$/);
      expect(status).toBe(1);
    },
  );
});
