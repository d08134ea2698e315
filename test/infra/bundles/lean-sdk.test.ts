import { mkdtemp, readFile, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { leanSdk, UNCALLED } from "../../../infra/bundles/lean-sdk.ts";

const SDK = "node_modules/@queue-it/connector-javascript/dist";

describe("the SDK without what nothing runs", () => {
  let bundle: string;
  let sources: readonly string[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "test-bundle-"));
    bundle = await readFile((await buildBundle(folder)).path, "utf8");
    const names = (await readdir(SDK, { recursive: true })).filter(
      (name) => name.endsWith(".js") && !name.includes("browserify"),
    );
    sources = await Promise.all(names.map((name) => readFile(join(SDK, name), "utf8")));
  });

  it.each(UNCALLED)("leaves %s out of the bundle, where nothing calls it", (name) => {
    const method = name.split(".").at(-1) ?? "";
    expect(sources.some((source) => source.includes(`${name} = function `))).toBe(true);
    expect(sources.map(leanSdk).some((source) => source.includes(`${name} = function `))).toBe(false);
    // Not by toContain: nobody wants to read the bundle.
    expect(bundle.includes(`.${method}`)).toBe(false);
  });

  it("has what the Worker calls", () => {
    for (const name of ["validateRequestByIntegrationConfig", "getState", "extractQueueParams", "doRedirect"])
      expect(bundle.includes(`.${name}`)).toBe(true);
  });

  it("leaves a loop early without telling the list, and throws what is thrown in it", () => {
    const loops = sources.flatMap((source) => source.match(/__values\(\w+\), /g) ?? []);
    expect(loops.length).toBeGreaterThan(4);
    expect(sources.map(leanSdk).filter((source) => source.includes("throw e_1.error"))).toEqual([]);

    const code = `
      var __values = (list) => list[Symbol.iterator]();
      var e_1, _a;
      try {
        for (var l_1 = __values(list), l_1_1 = l_1.next(); !l_1_1.done; l_1_1 = l_1.next()) {
          if (l_1_1.value === "end") return "left";
          if (l_1_1.value === "fail") throw new Error("failed");
        }
      }
      catch (e_1_1) { e_1 = { error: e_1_1 }; }
      finally {
        try {
          if (l_1_1 && !l_1_1.done && (_a = l_1.return)) _a.call(l_1);
        }
        finally { if (e_1) throw e_1.error; }
      }
      return "through";`;
    expect(leanSdk(code)).not.toContain("e_1.error");
    for (const text of [code, leanSdk(code)]) {
      const run = new Function("list", text) as (list: readonly string[]) => string;
      expect(run(["a", "b"])).toBe("through");
      expect(run(["a", "end", "fail"])).toBe("left");
      expect(() => run(["a", "fail"])).toThrow("failed");
    }
  });
});
