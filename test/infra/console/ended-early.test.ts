import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { newFolder } from "../../support/new-folder.ts";

it.each([
  ["ends the process as if all were well", "process.exit(0);"],
  ["waits for what never comes", "await new Promise(() => undefined);"],
])("no command succeeds, or ends without a word, where an environment %s", async (_what, line) => {
  const folder = await newFolder();
  await mkdir(join(folder, "infra/environments"), { recursive: true });
  await writeFile(join(folder, "infra/environments/a.ts"), `${line}\nexport default {};\n`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["infra/queueit-cf.mjs", "validate", "--json", "--project", folder],
    { cwd: PACKAGE_ROOT, encoding: "utf8", timeout: 60_000 },
  );
  expect(status).toBe(1);
  expect(stderr).toContain("error environment-import");
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "environment-import" } });
});
