import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { HooksUnusable } from "../../../infra/bundles/hooks-unusable.ts";
import { readHooks } from "../../../infra/bundles/read-hooks.ts";
import { newFolder } from "../../support/new-folder.ts";

const DEFINED = "export default { onResponse: () => undefined };";

let root: string;
beforeAll(async () => {
  root = await newFolder();
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** The one paragraph that is said of a file of hooks. */
async function refusalOf(source: string, others: Readonly<Record<string, string>> = {}): Promise<string> {
  await write({ "worker-hooks/shop.ts": source, ...others });
  const error: unknown = await readHooks("worker-hooks/shop.ts", root).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(HooksUnusable);
  const { message } = error as HooksUnusable;
  expect(message).toMatch(/^The file of hooks worker-hooks\/shop\.ts /);
  expect(message).not.toContain("\n");
  return message;
}

describe("a file of hooks", () => {
  it("is known by the hooks that it defines, in the order of a request's way", async () => {
    await write({ "a.ts": "export default { onResponse() {}, beforeMatching: async () => undefined };" });
    expect(await readHooks("a.ts", root)).toMatchObject({
      path: "a.ts",
      names: ["beforeMatching", "onResponse"],
    });
  });

  it("has another hash when something that it imports is changed, and not for a comment", async () => {
    const hashOf = async (value: string, comment = "") => {
      await write({
        "b.ts": `${comment}import { part } from "./part.ts"; export default { onResponse: () => part };`,
        "part.ts": `export const part: unknown = ${value};`,
      });
      return (await readHooks("b.ts", root)).sha256;
    };
    expect(await hashOf("1")).not.toBe(await hashOf("2"));
    expect(await hashOf("1")).toBe(await hashOf("1", "// why\n"));
  });

  it.each([
    "class Events extends EventTarget {}",
    "class Lines extends TransformStream {}",
    "const started = performance.now(); queueMicrotask(() => { throw started; });",
    "const ask = fetch, wait = setTimeout, limit = AbortSignal;",
  ])("may use while it is loaded what a Worker has then: %s", async (line) => {
    await write({ "d.js": `${line} ${DEFINED}` });
    expect((await readHooks("d.js", root)).names).toEqual(["onResponse"]);
  });

  it.each([
    ["crypto.randomUUID", ""],
    ["crypto.getRandomValues", "new Uint8Array(1)"],
    ["setTimeout", "() => 1"],
    ["fetch", "'https://shop.example/'"],
  ])("may not call %s while it is loaded, which Cloudflare refuses", async (name, given) => {
    expect(await refusalOf(`${name}(${given}); ${DEFINED}`)).toContain(
      `cannot be loaded: ${name} is called outside of a function`,
    );
  });

  it("may be JavaScript, too", async () => {
    await write({ "c.mjs": DEFINED });
    expect((await readHooks("c.mjs", root)).names).toEqual(["onResponse"]);
  });
});

describe("a file of hooks that cannot go into a bundle", () => {
  it("does not compile: the file, the line and the column are named", async () => {
    expect(await refusalOf("export default {\n  onResponse: (,) => 1,\n};")).toContain(
      'does not compile: Unexpected "," (worker-hooks/shop.ts:2:16)',
    );
  });

  it("imports a file that is not there", async () => {
    expect(await refusalOf(`import "./lost.ts"; ${DEFINED}`)).toContain(
      '"./lost.ts" (worker-hooks/shop.ts:1:8)',
    );
  });

  it("is not there itself", async () => {
    await expect(readHooks("worker-hooks/lost.ts", root)).rejects.toThrow(
      "does not compile: Could not resolve",
    );
  });

  it.each(["node:fs", "fs", "node:crypto", "child_process"])("imports %s of Node.js", async (name) => {
    expect(
      await refusalOf(`import * as part from "${name}"; export default { onResponse: () => part };`),
    ).toContain(`${name} is a module of Node.js, which Workers do not have here (worker-hooks/shop.ts:1:23)`);
  });

  it.each(["cloudflare:workers", "cloudflare:sockets"])("imports %s, where the secrets are", async (name) => {
    expect(
      await refusalOf(`import * as part from "${name}"; export default { onResponse: () => part };`),
    ).toContain(`${name} is closed to hooks`);
    expect(await refusalOf(`export default { onResponse: () => import("${name}") };`)).toContain(
      "is closed to hooks",
    );
  });

  it("imports what is only known when it runs", async () => {
    expect(
      await refusalOf("export default { onResponse: () => import('cloudflare:' + 'workers') };"),
    ).toMatch(/only known when it runs|closed to hooks/);
    expect(await refusalOf("export default { onResponse: ({ by }) => import(by) };")).toContain(
      "only known when",
    );
  });

  it("imports a file of the connector, of the toolkit, or from outside of the project", async () => {
    const importing = (path: string) =>
      `import { a } from "${path}"; export default { onResponse: () => a };`;
    const a = { "worker/isolate/a.ts": "export const a = 1;", "infra/a.ts": "export const a = 1;" };
    expect(await refusalOf(importing("../worker/isolate/a.ts"), a)).toContain(
      "worker/isolate/a.ts is the connector's own",
    );
    expect(await refusalOf(importing("../infra/a.ts"), a)).toContain("infra/a.ts belongs to the toolkit");
    const outside = join(await newFolder(), "a.ts");
    await writeFile(outside, "export const a = 1;");
    expect(await refusalOf(importing(outside))).toContain("is outside of this project");
    await symlink(outside, join(root, "worker-hooks/linked.ts"));
    expect(await refusalOf(importing("./linked.ts"))).toContain("is outside of this project");
  });

  it.each([
    ["export const hooks = {};", "has no default export"],
    ["export default () => undefined;", "has a default export that is not an object"],
    ["export default null;", "has a default export that is not an object"],
    ["export default {};", "defines no hook"],
    [
      "export default { beforeMaching() {} };",
      'defines "beforeMaching", which is not a hook. Write beforeMatching.',
    ],
    ["export default { onResponse: 1 };", "defines onResponse as something that is not a function"],
    ["throw new Error('not today'); export default {};", "cannot be loaded: not today"],
    [
      "const page = await fetch('https://shop.example'); export default { onResponse: () => page };",
      "Top-level await",
    ],
    ["for (;;); export default {};", "cannot be loaded: Script execution timed out"],
    ["module.exports = { onResponse() {} };", "has no default export"],
  ])("says so: %s", async (source, words) => {
    expect(await refusalOf(source)).toContain(words);
  });

  it("makes the bundle too large", async () => {
    const words = Array.from({ length: 12_000 }, (_, index) => `word${index}`).join(" ");
    expect(
      await refusalOf(`const words = ${JSON.stringify(words)}; export default { onResponse: () => words };`),
    ).toMatch(/makes the bundle too large: .* it has 1\d\d KiB, and 64 KiB is the most/);
  });
});

describe("a bundle with hooks", () => {
  it("has another hash than the bundle without, is the same when it is built again, and says what is in it", async () => {
    const [without, one, again, other] = await Promise.all([
      buildBundle(await newFolder()),
      buildBundle(await newFolder(), "worker-hooks/example-search-bots.ts"),
      buildBundle(await newFolder(), "worker-hooks/example-search-bots.ts"),
      buildBundle(await newFolder(), "worker-hooks/example-native-app.ts"),
    ]);
    expect(new Set([without.sha256, one.sha256, other.sha256]).size).toBe(3);
    expect(again).toEqual({ ...one, path: again.path, sourceMapPath: again.sourceMapPath });
    expect(without.hooks).toBeUndefined();
    expect(one.hooks).toMatchObject({
      path: "worker-hooks/example-search-bots.ts",
      names: ["beforeMatching"],
    });
  });
});
