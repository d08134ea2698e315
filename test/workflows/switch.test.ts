import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { queueitCfCalls } from "./command-lines.ts";
import { list, mapping, parseYaml, text } from "./yaml.ts";

const read = async () => {
  const source = readFileSync(join(PACKAGE_ROOT, ".github/workflows/switch.yml"), "utf8");
  const workflow = mapping(await parseYaml(source));
  const inputs = mapping(mapping(mapping(workflow["on"])["workflow_dispatch"])["inputs"]);
  const job = mapping(mapping(workflow["jobs"])["switch"]);
  const [step] = list(job["steps"]).map(mapping).slice(-1);
  return { inputs, job, script: text(step?.["run"]) };
};

it("has a button for each switch, which calls it with the reason and the name", async () => {
  const { inputs, script } = await read();
  const options = list(mapping(inputs["switch"])["options"]).map(text);
  const calls = queueitCfCalls(script).map((call) => call.join(" "));
  expect(options).toEqual(["off", "on", "failure closed", "failure open"]);
  for (const option of options) {
    const own = calls.filter((call) => call.startsWith(`switch ${option} `));
    expect(own.length, option).toBeGreaterThan(0);
    for (const call of own) {
      expect(call).toMatch(/--yes \S+$/);
      if (option !== "on") expect(call).toContain("--reason");
    }
  }
  expect(calls).toHaveLength(6);
});

it("asks for a reason, and waits for no approval of a deploy", async () => {
  const { inputs, job } = await read();
  expect(text(mapping(inputs["reason"])["required"])).toBe("true");
  expect(text(job["environment"])).toBe("switch-${{ inputs.environment }}");
});
