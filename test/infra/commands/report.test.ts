import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { installedPackage } from "../../support/installed-package.ts";
import { planPath } from "../plan/plans.ts";
import { queueitCf, runIn } from "./cli.ts";

const ROUTE_REMOVED = planPath("route-removed.json");

describe.concurrent("queueit-cf report", () => {
  it("reports a plan for an environment, without colours where there is no terminal", async () => {
    const { code, stdout } = await queueitCf("report", ROUTE_REMOVED, "--environment", "staging");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Plan for staging\n1 to destroy\. Risks: 2 high\.\n/);
    expect(stdout).not.toContain("\u001b");
  });

  it("reads a plan from standard input and answers in JSON", async () => {
    const plan = await readFile(ROUTE_REMOVED);
    const { command } = await installedPackage();
    const stdout = await new Promise<string>((resolve) => {
      const options = { cwd: PACKAGE_ROOT };
      const child = execFile(
        process.execPath,
        [command, "report", "-", "--json"],
        options,
        (_error, text) => {
          resolve(text);
        },
      );
      child.stdin?.end(plan);
    });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "queueit-cf/plan-report/1",
      environment: null,
      counts: { destroy: 1, create: 0 },
      highestRisk: "high",
      risks: [
        { rule: "protection-lost", level: "high", title: "Protection lost: shop.staging.example.com/*" },
      ],
      changes: [
        { effect: "destroy", kind: "route", text: "Protection removed from shop.staging.example.com/*" },
      ],
    });
  });

  it("ends with 2 at a risk of the level that was named, and with 0 below it", async () => {
    expect((await queueitCf("report", ROUTE_REMOVED, "--fail-on", "high")).code).toBe(2);
    expect((await queueitCf("report", planPath("create.json"), "--fail-on", "medium")).code).toBe(0);
  });

  it("writes its forms to files", async () => {
    const folder = await mkdtemp(join(tmpdir(), "test-report-"));
    const [markdown, out] = [join(folder, "comment.md"), join(folder, "report.txt")];
    expect((await queueitCf("report", ROUTE_REMOVED, "--markdown", markdown, "--out", out)).stdout).toBe("");
    expect(await readFile(markdown, "utf8")).toContain("### Goes away");
    expect(await readFile(out, "utf8")).toContain("Goes away");
  });

  it.each(["--out", "--markdown"])(
    "never writes %s over the plan that it reads, whatever it is called by",
    async (option) => {
      const folder = await mkdtemp(join(tmpdir(), "test-report-"));
      const [path, link] = [join(folder, "plan.json"), join(folder, "link.json")];
      await copyFile(ROUTE_REMOVED, path);
      await symlink(path, link);
      for (const named of [path, join(folder, ".", "x", "..", "plan.json"), link]) {
        const { code, stderr } = await queueitCf("report", path, option, named);
        expect([code, stderr]).toEqual([
          1,
          expect.stringContaining("what is read is there, and would be lost"),
        ]);
      }
      expect(await readFile(path)).toEqual(await readFile(ROUTE_REMOVED));
    },
  );

  it("never writes one of its forms over the other", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "test-report-")), "report");
    const { code, stderr } = await queueitCf("report", ROUTE_REMOVED, "--out", path, "--markdown", path);
    expect([code, stderr]).toEqual([1, expect.stringContaining("another form of the report goes there")]);
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(process.platform !== "linux")(
    "finds a place that takes nothing before it reads the plan",
    async () => {
      const { code, stderr } = await queueitCf("report", "/no/such/plan.json", "--out", "/proc/report");
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^error report-unwritable .*\/proc\/report/)]);
    },
  );

  it("reads what PowerShell wrote", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "test-report-")), "plan.json");
    await writeFile(path, Buffer.from(`\uFEFF${await readFile(ROUTE_REMOVED, "utf8")}`, "utf16le"));
    expect((await queueitCf("report", path)).stdout).toContain("1 to destroy");
  });

  it("refuses a file that is no proper Unicode, since what is replaced could make two plans one", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "test-report-")), "plan.json");
    await writeFile(
      path,
      Buffer.from((await readFile(ROUTE_REMOVED, "utf8")).replace("shop", "sh\u00f6p"), "latin1"),
    );
    const { code, stderr } = await queueitCf("report", path);
    expect([code, stderr]).toEqual([1, expect.stringContaining("is not UTF-8")]);
  });

  it("shows no secret of the environment, in the report or in an error", async () => {
    const token = 'fake-"token" & more';
    const path = join(await mkdtemp(join(tmpdir(), "test-report-")), "plan.json");
    const plan = await readFile(ROUTE_REMOVED, "utf8");
    await writeFile(
      path,
      plan.replaceAll("shop.staging.example.com/*", JSON.stringify(`a.dk/${token}*`).slice(1, -1)),
    );
    const asked = [[path], [path, "--json"], [`no-such-${token}`], [path, `--unknown=${token}`]];
    const variables = { PATH: process.env["PATH"] ?? "", CLOUDFLARE_API_TOKEN: token };
    for (const parameters of asked) {
      const { stdout, stderr } = await runIn(variables, "report", ...parameters);
      expect(stdout + stderr).not.toMatch(/fake-\W*token/);
      expect(stdout + stderr).not.toBe("");
    }
  });

  it("refuses what is no plan, without a word of it", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "test-report-")), "plan.json");
    await writeFile(path, '{"variables":{"key":"fake-secret"');
    const { code, stderr } = await queueitCf("report", path);
    expect(code).toBe(1);
    expect(stderr).toContain("plan-not-json");
    expect(stderr).not.toContain("fake-secret");
  });

  it("refuses a file that is not there, and a report that has no folder", async () => {
    expect((await queueitCf("report", "no-such-plan.json")).stderr).toContain("plan-unreadable");
    expect((await queueitCf("report", ROUTE_REMOVED, "--out", "/no/such/folder/x")).stderr).toContain(
      "report-unwritable",
    );
  });
});

describe.concurrent("queueit-cf routes explain", () => {
  it("says what each environment does with a URL", async () => {
    const { code, stdout } = await queueitCf("routes", "explain", "https://shop.example.com/static/app.js");
    expect(code).toBe(0);
    expect(stdout).toContain("production: bypassed by shop.example.com/static/*");
    expect(stdout).toContain("outranks shop.example.com/*");
    expect(stdout).toContain("staging: no route");
  });

  it("answers for one environment in JSON", async () => {
    const { stdout } = await queueitCf(
      "routes",
      "explain",
      "https://shop.example.com/tickets?id=1",
      "production",
      "--json",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      answers: [
        { environment: "production", outcome: "protected", pattern: "shop.example.com/*", paid: true },
      ],
    });
  });

  it("refuses what is no address, and an environment that is not there", async () => {
    expect((await queueitCf("routes", "explain", "shop.example.com/tickets")).stderr).toContain(
      "Write it in full",
    );
    const unknown = await queueitCf("routes", "explain", "https://a.dk/", "prod");
    expect([unknown.code, unknown.stderr.includes("The environments are")]).toEqual([1, true]);
  });
});
