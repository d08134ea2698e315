import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { listen } from "../../../../../infra/local/cloudflare/http/listen.ts";
import { PACKAGE_ROOT } from "../../../../../infra/files/package-root.ts";

describe("a port that cannot be had", () => {
  it("is told when another server has it", async () => {
    const first = await listen(0, () => undefined);
    await expect(listen(first.port, () => undefined)).rejects.toMatchObject({
      code: "port-in-use",
      message: expect.stringContaining("taken by another program"),
    });
    await first.close();
  });

  it("is told when it is for the system's own programs", (test) => {
    const script =
      'const { listen } = await import("./infra/local/cloudflare/http/listen.ts");' +
      "await listen(80, () => undefined).then(() => console.log('free'), (error) => console.log(error.message)); process.exit();";
    const node = ["node", "--import", "./infra/typescript.mjs", "--input-type=module", "-e", script];
    const nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", ...node];
    const { stdout, status } = spawnSync("setpriv", nobody, { cwd: PACKAGE_ROOT, encoding: "utf8" });
    if (status !== 0 || stdout === "free\n") {
      test.skip("SKIPPED: only root can become a user who may not have port 80, and not everywhere.");
      return;
    }
    expect(stdout).toBe(
      "Port 80 on 127.0.0.1 is for the system's own programs. Let this user have it, or choose another port with --port.\n",
    );
  });
});
