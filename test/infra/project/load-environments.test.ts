import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadEnvironments } from "../../../infra/project/load-environments.ts";
import { UserError } from "../../../infra/errors/user-error.ts";

describe("environments in a folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "test-environments-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (name: string, text: string) => writeFile(join(folder, name), text);

  it("are the default exports of its files, in the order of their names", async () => {
    await write("b.ts", "export default { accountId: 'b' };");
    await write("a-1.ts", "export default { accountId: 'a' };");
    await write("environment.ts", "throw new Error('not an environment');");
    await write("notes.md", "");
    expect(await loadEnvironments(folder)).toEqual([
      { name: "a-1", environment: { accountId: "a" } },
      { name: "b", environment: { accountId: "b" } },
    ]);
  });

  it.each([
    ["Staging.ts", "export default {};", "environment-file-name", /Staging\.ts/],
    ["my_shop.ts", "export default {};", "environment-file-name", /my_shop\.ts/],
    ["named.ts", "export const environment = {};", "environment-export", /named\.ts/],
    ["broken.ts", "throw new Error('the moon is full');", "environment-import", /the moon is full/],
  ])("are refused when %s holds %j", async (name, text, code, message) => {
    await write(name, text);
    const refusal = loadEnvironments(folder);
    await expect(refusal).rejects.toBeInstanceOf(UserError);
    await expect(refusal).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it("may be a link to a file elsewhere", async () => {
    await mkdir(join(folder, "elsewhere"));
    await write("elsewhere/shop.ts", "export default { workerName: 'linked' };");
    await symlink(join(folder, "elsewhere/shop.ts"), join(folder, "a.ts"));
    expect(await loadEnvironments(folder)).toEqual([{ name: "a", environment: { workerName: "linked" } }]);
  });

  it("may import a CommonJS package that knows where it is", async () => {
    await mkdir(join(folder, "node_modules/old"), { recursive: true });
    await write("node_modules/old/package.json", '{ "name": "old", "main": "old.cjs" }');
    await write("node_modules/old/old.cjs", "module.exports = [__dirname, __filename];");
    await write("a.ts", 'import old from "old";\nexport default old;');
    const place = join(folder, "node_modules/old");
    expect(await loadEnvironments(folder)).toEqual([
      { name: "a", environment: [place, join(place, "old.cjs")] },
    ]);
  });

  it("are read as they are at that moment", async () => {
    await write("a.ts", "export default { workerName: 'before' };");
    await loadEnvironments(folder);
    await write("a.ts", "export default { workerName: 'after' };");
    expect(await loadEnvironments(folder)).toEqual([{ name: "a", environment: { workerName: "after" } }]);
  });

  it("may be made of several files, TypeScript and JSON, that know where they are", async () => {
    await mkdir(join(folder, "parts"));
    await write("parts/shared.ts", "export const place: string = import.meta.dirname;");
    await write("parts/names.json", '{ "customerId": "acme" }');
    await write(
      "a.ts",
      [
        'import { readFileSync } from "node:fs";',
        'import { place } from "./parts/shared.ts";',
        'import names from "./parts/names.json" with { type: "json" };',
        'const text = readFileSync(new URL("parts/names.json", import.meta.url), "utf8");',
        "export default { place, names, text };",
      ].join("\n"),
    );
    expect((await loadEnvironments(folder))[0]?.environment).toEqual({
      place: join(folder, "parts"),
      names: { customerId: "acme" },
      text: '{ "customerId": "acme" }',
    });
  });

  it("take the definition from the command that reads them, wherever they are", async () => {
    for (const [name, module] of [
      ["a", "queueit-cloudflare"],
      ["b", "queueit-cloudflare/environment"],
    ] as const)
      await write(
        `${name}.ts`,
        `import { defineEnvironment } from "${module}"; export default defineEnvironment({ workerName: "${name}" } as never);`,
      );
    expect((await loadEnvironments(folder)).map(({ environment }) => environment)).toEqual([
      { workerName: "a" },
      { workerName: "b" },
    ]);
  });

  it.each([
    ["export default {\n  a: ,\n};", "broken.ts:2:6: Unexpected"],
    [
      'import { x } from "./nowhere.ts";\nexport default x;',
      'broken.ts:1:19: Could not resolve "./nowhere.ts"',
    ],
    [
      'import { x } from "./environment.ts";\nexport default x;',
      'import it from "queueit-cloudflare/environment"',
    ],
  ])("say where they do not compile: %j", async (text, words) => {
    await write("broken.ts", text);
    await expect(loadEnvironments(folder)).rejects.toMatchObject({
      code: "environment-import",
      message: expect.stringContaining(words) as string,
    });
  });

  it("leave nothing behind", async () => {
    await write("a.ts", "export default {};");
    await loadEnvironments(folder);
    expect(await readdir(folder)).toEqual(["a.ts"]);
  });

  it("are asked for when there are none", async () => {
    await expect(loadEnvironments(folder)).rejects.toMatchObject({ code: "no-environment" });
  });
});
