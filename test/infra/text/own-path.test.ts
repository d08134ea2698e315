import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ownPath } from "../../../infra/text/own-path.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";

it("is where npm puts the file, in a project that has installed this package", () => {
  expect(ownPath("docs/ci.md", true)).toBe("node_modules/queueit-cloudflare/docs/ci.md");
  expect(ownPath("docs/ci.md", false)).toBe("docs/ci.md");
});

/** What is written in a checkout only, is a description in a schema, or becomes a page of docs/. */
const NOT_TOLD = /^(?:reference|release|formats|errors)\/|^write-reference\.ts$|format\.ts$|^project\/write-/;

const sources = readdirSync(join(PACKAGE_ROOT, "infra"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !NOT_TOLD.test(path))
  .map((path) => ({ path, text: readFileSync(join(PACKAGE_ROOT, "infra", path), "utf8") }));

it("is how people are told of a page, of the README and of the Worker's sources", () => {
  const bare = sources.flatMap(({ path, text }) =>
    text
      .replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, "")
      .replaceAll(/`docs\/[a-z/-]+\.md`/g, "")
      .split("\n")
      .filter((line) => /(?<!ownPath\(")docs\/[a-z/-]+\.md|\(README|the README/.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(bare).toEqual([]);
});

it("is not asked for where nobody has the scripts of a checkout", () => {
  const scripts = sources.filter(({ text }) =>
    /npm run (?!docs:)/.test(text.replaceAll(/^\s*(?:\*|\/\/).*$/gm, "")),
  );
  expect(scripts.map(({ path }) => path)).toEqual([]);
});
