import { mkdtemp, rm, writeFile } from "node:fs/promises";
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

  it("are asked for when there are none", async () => {
    await expect(loadEnvironments(folder)).rejects.toMatchObject({ code: "no-environment" });
  });
});
