import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { planPath } from "./plans.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(`${root}docs/plan-review.md`, "utf8");

describe("docs/plan-review.md", () => {
  it("shows the report that the program writes", () => {
    expect(page).toContain(readFileSync(planPath("route-removed.report.txt"), "utf8"));
  });

  it("lists every rule of every risk, and each is tried", () => {
    const folder = `${root}infra/plan/risks/`;
    const rules = readdirSync(folder).flatMap((file) =>
      [
        ...readFileSync(folder + file, "utf8").matchAll(/rule: (?:isPromotion \? "([\w-]+)" : )?"([\w-]+)"/g),
      ].flatMap(([, one, two]) => [one, two].filter((rule) => rule !== undefined)),
    );
    const listed = [...page.matchAll(/^\| `([a-z][\w-]*)` /gm)].map(([, rule]) => rule);
    expect(new Set(listed)).toEqual(new Set(rules));
    const tests = readdirSync(`${root}test/infra`, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".test.ts"),
    );
    const tried = tests.map((file) => readFileSync(`${root}test/infra/${file}`, "utf8")).join("\n");
    expect(rules.filter((rule) => !new RegExp(`\\b${rule}\\b`).test(tried))).toEqual([]);
  });
});
