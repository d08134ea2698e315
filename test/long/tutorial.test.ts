import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { useProject } from "../../infra/files/project-root.ts";
import { type LocalServer, startLocalServer } from "../../infra/local/server/local-server.ts";
import { readTarget } from "../../infra/project/targets.ts";
import { findTerraform } from "../e2e/find-terraform.ts";
import { terraformEnvironment } from "../e2e/terraform-environment.ts";
import { PlanningTerraform } from "../support/planning-terraform.ts";
import { Reader } from "../tutorial/reader.ts";
import { tutorialParts } from "../tutorial/tutorial.ts";

// docs/tutorial.md, followed from its beginning to its end: what npm packed, installed in an empty folder, and every
// command as a reader types it. Where Terraform finds no Cloudflare provider, this project's planner plans instead.

let reader: Reader;
let isReal: boolean;
let server: LocalServer | undefined;
let planner: PlanningTerraform | undefined;

beforeAll(async () => {
  const found = await findTerraform((await readTarget("staging")).spec, process.env);
  isReal = found.kind === "found";
  if (found.kind === "unavailable") console.warn(`SKIPPED the real Terraform: ${found.reason}`);
  const named = found.kind === "found" ? { TERRAFORM_BINARY_NAME: found.binary } : {};
  reader = await Reader.arrive({
    tarball: inject("tarball"),
    variables: terraformEnvironment(process.env, named),
  });
});

afterAll(async () => {
  useProject(undefined);
  await reader.close();
  await planner?.close();
  await server?.close();
});

/** A local Cloudflare of this process, which the planner in the place of Terraform changes. */
async function startPlanned(): Promise<Readonly<Record<string, string>>> {
  useProject(reader.project);
  server = await startLocalServer({
    environments: [await readTarget("staging"), await readTarget("production")],
    port: 0,
    apiPort: 0,
    log: () => undefined,
  });
  planner = await PlanningTerraform.start(server.account, server.deployed);
  return { ...server.variables, TERRAFORM_BINARY_NAME: planner.file };
}

describe("the tutorial", () => {
  it.each(tutorialParts().map(({ title, steps }) => [title, steps] as const))("%s", async (_title, steps) => {
    for (const step of steps) {
      const [command = ""] = step.kind === "commands" ? step.lines : [];
      if (!/^npx queueit-cf local\b/.test(command)) {
        await reader.follow(step);
        continue;
      }
      const lines = await reader.startInSecondTerminal(`${command} --port 0 --api-port 0`);
      expect(Object.keys(lines)).toContain("CLOUDFLARE_API_TOKEN");
      reader.paste(isReal ? lines : await startPlanned());
    }
  });
});
