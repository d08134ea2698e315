import { describe, expect, it } from "vitest";
import { problemReport, requireValid } from "../../../../infra/environments/definition/report.ts";
import { validateEnvironments } from "../../../../infra/environments/definition/validation.ts";
import { UserError } from "../../../../infra/errors/user-error.ts";
import { SOUND } from "../sound-environment.ts";

const checked = (environment: object) => {
  const files = [{ name: "staging", environment }];
  return { files, problems: validateEnvironments(files, () => undefined) };
};

describe("the report of problems", () => {
  it("says place, value, what is wrong and what to do, errors first", () => {
    const { problems } = checked({ ...SOUND, accountId: "0".repeat(32), failure: "ajar" });
    expect(problemReport(problems).split("\n")).toEqual([
      'error staging.ts failure: "ajar" is not one of the choices → write one of "open", "closed"',
      `warning staging.ts accountId: "${"0".repeat(32)}" is an example value → replace it with your own before you deploy`,
    ]);
  });

  it("shortens a long value, and escapes what could rule a terminal or begin a line", () => {
    const { problems } = checked({ ...SOUND, workerName: `\u001b[2J\u202e\n\u009b${"x".repeat(5000)}` });
    const report = problemReport(problems);
    expect(report).toContain(String.raw`"\u001b[2J\u202e\n\u009bxxx`);
    expect(report.length).toBeLessThan(400);
  });
});

describe("environments that have to be valid", () => {
  it("are returned when there are only warnings", () => {
    const { files, problems } = checked({ ...SOUND, accountId: "0".repeat(32) });
    expect(problems).toHaveLength(1);
    expect(requireValid(files, problems)).toEqual(files);
  });

  it("have one spelling for each name", () => {
    const { files, problems } = checked({
      ...SOUND,
      sites: [{ zoneName: "zajęzyk.pl", hostname: "shop.zajęzyk.pl" }],
      queueIt: { customerId: "acme", verifyAction: { url: "https://Verify.Queue-it.net/x" } },
      backend: { type: "hcp", organization: "o", workspace: "w", hostname: "tf.zajęzyk.pl" },
      coverage: { protected: ["https://shop.ZAJĘZYK.pl/bilety"] },
    });
    expect(requireValid(files, problems)[0]?.environment).toMatchObject({
      sites: [{ zoneName: "xn--zajzyk-y4a.pl", hostname: "shop.xn--zajzyk-y4a.pl" }],
      queueIt: { verifyAction: { url: "https://verify.queue-it.net/x" } },
      backend: { hostname: "tf.xn--zajzyk-y4a.pl" },
      coverage: { protected: ["https://shop.xn--zajzyk-y4a.pl/bilety"] },
    });
  });

  it("are refused with every problem when one is an error", () => {
    const { files, problems } = checked({ ...SOUND, accountId: "x", workerName: "" });
    expect(() => requireValid(files, problems)).toThrow(UserError);
    expect(() => requireValid(files, problems)).toThrow(
      /^There are 2 errors in infra\/environments:\n.*accountId.*\n.*workerName/,
    );
  });
});
