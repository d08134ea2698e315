import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TerraformProject } from "../../infra/commands/terraform-project.ts";
import { recordedReports } from "../../infra/github/reports.ts";
import { recordedPlan } from "../../infra/plan/plans.ts";
import { CANARIES, canariesIn, encodingsOf } from "./canaries.ts";
import { CASES, type CanaryCase } from "./cases.ts";
import { faultsInOutput } from "../../infra/formats/validator.ts";
import { foundInFiles, foundInProcesses } from "./watch.ts";
import { hasTerraform, TERRAFORM } from "../../support/terraform.ts";

/** Everything that a server or a program can say of the secrets. */
const EVERYTHING = Object.values(CANARIES).flatMap(encodingsOf);

/** GitHub, Cloudflare and a site in one: it refuses everything, and says with what it was asked. */
function echo(request: IncomingMessage, response: ServerResponse): void {
  const said = JSON.stringify([request.headers, EVERYTHING]);
  response.writeHead(request.url?.includes("/client/v4") === true ? 403 : 401, { "x-echo": "all" }).end(
    JSON.stringify({
      success: false,
      message: said,
      errors: [{ code: 1000, message: said }],
      result: said,
    }),
  );
}

describe("a secret of an environment", () => {
  const server = createServer(echo);
  let project: TerraformProject;
  const written = (name: string) => join(project.folder, name);

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" ? String(address?.port) : ""}`;
    project = await TerraformProject.make({
      ...CANARIES,
      AWS_ACCESS_KEY_ID: "fake-access-key",
      QUEUEIT_LOCAL_EDGE: url,
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_SHA: "c".repeat(40),
      GITHUB_REF_NAME: "main",
      GITHUB_OUTPUT: join("output"),
    });
    await project.goOn();
    const reports = recordedReports("route-removed");
    await mkdir(written("given"));
    const said = EVERYTHING.join("\n");
    const diagnostic = {
      "@level": "error",
      "@message": `Error: ${said}`,
      type: "diagnostic",
      diagnostic: { severity: "error", summary: said, detail: said },
    };
    await writeFile(written("given/said.txt"), said);
    await writeFile(written("given/diagnostic.json"), JSON.stringify(diagnostic));
    await writeFile(
      written("talkative"),
      `#!/bin/sh\n[ "$1" = version ] && exec ${TERRAFORM} "$@"\n` +
        `cat ${written("given/diagnostic.json")}; cat ${written("given/said.txt")} >&2; env; env >&2; exit 1\n`,
      { mode: 0o755 },
    );
    await writeFile(written("given/report.json"), reports.json);
    await writeFile(written("given/leaky.md"), `${reports.markdown}\n${said}\n`);
    await writeFile(written("given/leaky.json"), JSON.stringify({ description: said }));
    await writeFile(written("given/plan.json"), recordedPlan("route-removed"));
  });
  afterAll(async () => {
    await project.remove();
    server.close();
  });

  const isGiven = (line: string) => line.includes("/given/");

  const filled = (text: string) =>
    text
      .replace("{secret}", encodeURIComponent(CANARIES["TF_VAR_queueit_secret_key"] ?? ""))
      .replace(/\{(.*)\}/, (_all, name: string) =>
        written(/^(written|drift)/.test(name) ? name : `given/${name}`),
      );

  it.each<[string, CanaryCase]>(
    CASES.map((each) => [
      `${each.command} ${each.args.join(" ")}${each.terraform === undefined ? "" : ", Terraform"}`,
      each,
    ]),
  )("is nowhere after, and while, queueit-cf %s", async (_name, { command, args, terraform, until }) => {
    if (terraform === "real" && !hasTerraform) return;
    const all = [...command.split(" "), ...args.map(filled)];
    const running = project.start(all, {
      GITHUB_EVENT_PATH: "none",
      ...(terraform === undefined && { TERRAFORM_BINARY_NAME: written("talkative") }),
    });
    const found = new Set<string>();
    const isPasted = args.some((each) => each.includes("{secret}"));
    const watching = setInterval(() => {
      if (until?.test(running.stdout + running.stderr)) running.child.kill("SIGINT");
      for (const each of foundInFiles(join(project.folder, "../tmp"))) found.add(each);
      if (isPasted) return;
      for (const each of foundInProcesses(join(project.folder, ".."), running.child.pid)) found.add(each);
    }, 30);
    const code = await running.ended();
    clearInterval(watching);
    const said = running.stdout + running.stderr;
    expect(canariesIn(said), `${String(code)}\n${said}`).toEqual([]);
    expect([...found]).toEqual([]);
    expect(foundInFiles(join(project.folder, "..")).filter((line) => !isGiven(line))).toEqual([]);
    expect(said, "it said something").not.toBe("");
    if (args.includes("--json")) expect(faultsInOutput(running.stdout)).toEqual([]);
  });
});
