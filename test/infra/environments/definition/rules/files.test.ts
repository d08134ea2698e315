import { describe, expect, it } from "vitest";
import { problemsOf } from "../../problems.ts";
import { SOUND } from "../../sound-environment.ts";

describe("a file that an environment names", () => {
  const owned = { ...SOUND, integrationConfiguration: { owner: "file", path: "configuration.json" } };

  it("is there", () => {
    expect(problemsOf(owned)).toEqual(["error staging integrationConfiguration.path file-missing"]);
    const worker = { source: "file", path: "vendor.js", format: "es-module" };
    expect(problemsOf({ ...SOUND, worker })).toEqual(["error staging worker.path file-missing"]);
  });

  it("is JSON", () => {
    expect(problemsOf(owned, { "configuration.json": "{," })).toEqual([
      "error staging integrationConfiguration.path configuration-invalid",
    ]);
  });

  it("may begin with a byte order mark, as editors on Windows write it", () => {
    expect(problemsOf(owned, { "configuration.json": '\uFEFF{"Version":1,"Integrations":[]}' })).toEqual([]);
  });

  it("is an integration configuration, and every reason against it is a problem", () => {
    const text = JSON.stringify({ Version: -1, Integrations: [{ ActionType: "Queue", Triggers: 1 }] });
    const problems = problemsOf(owned, { "configuration.json": text });
    expect(problems.length).toBeGreaterThan(2);
    expect(new Set(problems)).toEqual(
      new Set(["error staging integrationConfiguration.path configuration-invalid"]),
    );
  });

  it("is told where it probably does not do what it says", () => {
    const action = {
      ...{ Name: "Sale", ActionType: "Quue", RedirectLogic: "", IsNormalizationEnabled: true },
      Triggers: [
        { TriggerParts: [{ ValidatorType: "UrlValidator", UrlPart: "PagePath", Operator: "Equal" }] },
      ],
    };
    const text = JSON.stringify({ Version: 1, Integrations: [action] });
    const warning = (path: string) => `warning staging ${path} configuration-unknown-word`;
    expect(problemsOf(owned, { "configuration.json": text })).toEqual([
      warning("integrationConfiguration.path"),
      warning("integrationConfiguration.path"),
    ]);
    const seeded = { ...SOUND, integrationConfiguration: { owner: "publish", seed: "seed.json" } };
    expect(problemsOf(seeded, { "seed.json": text })).toContain(warning("integrationConfiguration.seed"));
  });

  it("is not warned of spellings that the environment's matching knows", () => {
    const part = {
      ValidatorType: "UrlValidator",
      UrlPart: "PagePath",
      Operator: "Contains",
      ValueToCompare: "/a",
    };
    const action = {
      ...{ ActionType: "Queue", EventId: "sale", QueueDomain: "acme.queue-it.net", CookieValidityMinute: 20 },
      Triggers: [{ LogicalOperator: "And", TriggerParts: [part] }],
    };
    const found = { "configuration.json": JSON.stringify({ Version: 1, Integrations: [action] }) };
    expect(problemsOf(owned, found)).toEqual([
      "warning staging integrationConfiguration.path configuration-path-spelling",
    ]);
    const normalized = { ...owned, queueIt: { ...SOUND.queueIt, matching: "normalized" } };
    expect(problemsOf(normalized, found)).toEqual([]);
  });
});
