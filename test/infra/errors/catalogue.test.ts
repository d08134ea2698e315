import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CATALOGUE } from "../../../infra/errors/catalogue.ts";
import type { ErrorEntry } from "../../../infra/errors/entry.ts";
import { ERRORS_PAGE } from "../../../infra/errors/page-path.ts";
import { errorsPage } from "../../../infra/errors/page.ts";
import { PROBLEM_CODES } from "../../../infra/errors/problem-codes.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";

const entries = Object.values(CATALOGUE).flatMap((section) => Object.entries<ErrorEntry>(section));
const codes = entries.map(([code]) => code);

/** The sources of every command, by their path, without the catalogue itself. */
async function sources(): Promise<ReadonlyMap<string, string>> {
  const paths = await readdir(join(PACKAGE_ROOT, "infra"), { recursive: true });
  const wanted = paths.filter((path) => path.endsWith(".ts") && !path.startsWith("errors"));
  return new Map(
    await Promise.all(
      wanted.map(async (path) => [path, await readFile(join(PACKAGE_ROOT, "infra", path), "utf8")] as const),
    ),
  );
}

/** Files that make an error, by its code. */
function makersByCode(texts: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const makers = new Map(codes.map((code) => [code, new Set<string>()]));
  const maker =
    /(?:(?:new UserError|super|refuse|refused)\(\s*|const [A-Za-z_]+(?:: ErrorCode)? = )"([^"]+)"/g;
  for (const [path, text] of texts)
    for (const [, code = ""] of text.matchAll(maker)) makers.get(code)?.add(path);
  return makers;
}

describe("the catalogue of errors", async () => {
  const texts = await sources();
  const makers = makersByCode(texts);

  it("has each code once", () => {
    expect(codes).toEqual([...new Set(codes)]);
  });

  it("says of each code in whole sentences what it means, why it happens and what to do", () => {
    const parts = entries.flatMap(([, { what, why, next }]) => [what, why, next]);
    expect(parts.filter((part) => !/^[`A-Z].*[.`]$/s.test(part) || part.length < 12)).toEqual([]);
  });

  it.each(codes)("has %s because one place, and one only, ends with it", (code) => {
    expect([...(makers.get(code) ?? [])]).toHaveLength(1);
  });

  it("has every code of a problem because some rule finds it", () => {
    const text = [...texts.values()].join("\n");
    const isFound = (code: string) =>
      text.includes(`"${code}"`) ||
      (code.startsWith("configuration-") && text.includes(`"${code.slice("configuration-".length)}"`));
    expect(Object.keys(PROBLEM_CODES).filter((code) => !isFound(code))).toEqual([]);
  });

  it("is what docs/errors.md shows (npm run docs:errors writes it anew)", () => {
    expect(readFileSync(join(PACKAGE_ROOT, ERRORS_PAGE), "utf8")).toBe(errorsPage());
  });

  it("has a heading of the page for each code, which links end in", () => {
    const headings = errorsPage()
      .split("\n")
      .filter((line) => line.startsWith("### "));
    expect(headings).toEqual(codes.map((code) => `### ${code}`));
  });
});
