import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";

/** Starts a program as a package does, and as Terraform is started, and prints what it gets. */
const SCRIPT = `
const { keepSecretsFromChildren, withOwnVariables } = await import("./infra/console/child-variables.ts");
const { execFile } = await import("node:child_process");
keepSecretsFromChildren();
const ask = () => new Promise((resolve) => execFile("env", (_error, out) => resolve(out.includes("fake-token"))));
console.log(await ask(), await withOwnVariables(ask));
`;

it("a process that a package starts has no secret, and one that is given its variables has them", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "./infra/typescript.mjs", "--input-type=module", "--eval", SCRIPT],
    { cwd: PACKAGE_ROOT, env: { ...process.env, CLOUDFLARE_API_TOKEN: "fake-token" } },
  );
  expect(stdout).toBe("false true\n");
});
