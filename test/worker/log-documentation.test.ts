import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";

it("has each event of the log in docs/worker-log.md, and no other", () => {
  const sources = readdirSync("worker", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const code = sources.map((name) => readFileSync(`worker/${name}`, "utf8")).join("\n");
  const written = [...code.matchAll(/event: ["`]([a-z-]+)(\$\{failureMode\})?["`]/g)].flatMap(
    ([, name = "", mode]) => (mode === undefined ? [name] : [`${name}open`, `${name}closed`]),
  );
  const described = [...readFileSync("docs/worker-log.md", "utf8").matchAll(/^\| `([a-z-]+)`/gm)].map(
    ([, name]) => name,
  );
  expect(described.length).toBeGreaterThan(8);
  expect([...new Set(written)].sort()).toEqual(described.sort());
});
