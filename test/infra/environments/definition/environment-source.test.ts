import { readFileSync } from "node:fs";
import { transform } from "esbuild";
import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { environmentSource } from "../../../../infra/environments/definition/environment-source.ts";
import type { Environment } from "../../../../infra/environments/environment.ts";
import { runs } from "../../../support/runs.ts";
import { SOUND } from "../sound-environment.ts";
import { environments } from "./arbitrary-environments.ts";

const options = JSON.parse(
  readFileSync(new URL("../../../../.prettierrc.json", import.meta.url), "utf8"),
) as object;

function formatted(source: string): Promise<string> {
  return format(source, { ...options, parser: "typescript" });
}

/** What the file exports, without the function that only gives types. */
async function exported(source: string): Promise<unknown> {
  const { code } = await transform(
    source.replace(
      'import { defineEnvironment } from "./environment.ts";',
      "const defineEnvironment = (e) => e;",
    ),
    { loader: "ts" },
  );
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: unknown };
  return module.default;
}

describe("the file of an environment", () => {
  it("exports the environment, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(environments, async (environment) => {
        expect(await exported(environmentSource(environment))).toEqual(environment);
      }),
      { numRuns: runs(10, 30) },
    );
  });

  it("is formatted as the project's files are", async () => {
    await fc.assert(
      fc.asyncProperty(environments, async (environment) => {
        const source = environmentSource(environment);
        expect(await formatted(source)).toBe(source);
      }),
      { numRuns: runs(10, 30) },
    );
  });

  it("holds any title, and keeps its format", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (namespaceTitle) => {
        const environment: Environment = { ...SOUND, namespaceTitle };
        const source = environmentSource(environment);
        expect(await exported(source)).toEqual(environment);
        expect(await formatted(source)).toBe(source);
      }),
      { numRuns: runs(15, 50) },
    );
  });

  it("says above a property what is to be known about it, wrapped", async () => {
    const why =
      "Written by a test, which has much to say about this and therefore needs more than one line. ".repeat(
        2,
      );
    const source = environmentSource(SOUND, {
      heading: ["Made by hand."],
      above: new Map([["sites[0].bypass", [why.trim(), "A second sentence."]]]),
    });
    expect(source).toContain("// Made by hand.\nexport default");
    expect(source).toContain("      // A second sentence.\n      bypass: [");
    expect(await formatted(source)).toBe(source);
    expect(source.split("\n").every((line) => line.length <= 110)).toBe(true);
  });

  it("takes no line of a comment for code", async () => {
    const source = environmentSource(SOUND, { heading: ["first\n;throw new Error()\u2028;throw 1"] });
    expect(await exported(source)).toEqual(SOUND);
  });
});

it("breaks lists of wide characters where the formatter does", async () => {
  const [site] = SOUND.sites;
  for (let paths = 1; paths <= 14; paths++) {
    const bypass = Array.from({ length: paths }, (_, index) => `/画像${index}/*` as const);
    const source = environmentSource({ ...SOUND, sites: [{ ...site, bypass }] });
    expect(await formatted(source)).toBe(source);
  }
});
