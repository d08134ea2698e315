import { afterEach, describe, expect, it } from "vitest";
import { localTargets } from "../../../../infra/commands/run/local-targets.ts";
import { useProject } from "../../../../infra/files/project-root.ts";
import { newFolder } from "../../../support/new-folder.ts";

afterEach(() => {
  useProject(undefined);
});

describe("the environments of a local Cloudflare", () => {
  const names = async (...given: Parameters<typeof localTargets>) =>
    (await localTargets(...given)).map(({ spec }) => spec.environment);

  it("are all of the project, or those that are named", async () => {
    expect(await names([], false)).toEqual(["production", "staging"]);
    expect(await names(["staging"], false)).toEqual(["staging"]);
    expect(await names(["staging"], true)).toEqual(["staging"]);
  });

  it("are none where only zones are named", async () => {
    expect(await names([], true)).toEqual([]);
  });

  it("are none in a folder without any, where one that is named is still missed", async () => {
    useProject(await newFolder());
    expect(await names([], false)).toEqual([]);
    await expect(names(["staging"], false)).rejects.toMatchObject({ code: "no-environment" });
  });
});
