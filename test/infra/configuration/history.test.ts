import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { historyOf } from "../../../infra/configuration/history.ts";
import { historyObject } from "../../../infra/configuration/history-json.ts";
import { toJson } from "../../../infra/plan/report/json.ts";
import { newFolder } from "../../support/new-folder.ts";
import { faultsInOutput } from "../formats/validator.ts";

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=A. Admin", "-c", "user.email=admin@example.com", ...args], {
    cwd,
    stdio: "ignore",
  });

it("the history of a file is git's, newest first, with what each commit said", async () => {
  const folder = await newFolder();
  git(folder, "init");
  const texts = ['{"Version":1}', "not JSON", '{"Version":2,"Integrations":[]}'];
  for (const [index, text] of texts.entries()) {
    await writeFile(join(folder, "sale.json"), text);
    git(folder, "add", ".");
    git(folder, "commit", "-m", `Change ${index}`);
  }
  expect(await historyOf("sale.json", folder)).toMatchObject([
    { subject: "Change 2", author: "A. Admin", version: 2, actions: 0 },
    { subject: "Change 1", version: undefined, fingerprint: undefined },
    { subject: "Change 0", version: 1, actions: 0 },
  ]);
  expect(await historyOf("other.json", folder)).toContain("no commit of other.json");

  const versions = await historyOf("sale.json", folder);
  const listed = typeof versions === "string" ? [] : versions.map((one) => ({ ...one, live: false }));
  const object = historyObject({
    environment: "staging",
    path: "sale.json",
    liveKnown: false,
    versions: listed,
  });
  expect(faultsInOutput(toJson(object))).toEqual([]);
});

it("a folder that git does not know has no history", async () => {
  const before = process.env["GIT_CEILING_DIRECTORIES"];
  expect(before).toBeUndefined();
  expect(await historyOf("sale.json", await newFolder())).toContain("git does not know");
});
